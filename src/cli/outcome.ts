/** How the program ends: 0 fine, 1 findings, 2 it could not do what it was asked. */
export type ExitCode = 0 | 1 | 2;

/** A mistake of the caller or of the machine, as one sentence for standard error. */
export interface Mistake {
  readonly kind: 'mistake';
  readonly sentence: string;
}

export const mistake = (sentence: string): Mistake => ({ kind: 'mistake', sentence });

export const isMistake = (value: unknown): value is Mistake =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'mistake';

/** The code of an operating system's error, where it is one. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** What `act` gives, or the mistake made of the error of the operating system that it ended with; any other error is ours and goes on. */
export const attempt = <T>(act: () => T, sentence: (code: string) => string): T | Mistake => {
  try {
    return act();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return mistake(sentence(code));
  }
};
