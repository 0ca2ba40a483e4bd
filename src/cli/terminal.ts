import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Where the program was started and where it prints. */
export interface Terminal {
  readonly cwd: string;
  /** May a person watch standard error? Then progress is shown there. */
  readonly watched: boolean;
  /** Resolves when the text is handed over; fails as the operating system does when nobody takes it. */
  print(text: string | Uint8Array): Promise<void>;
  /** One sentence to standard error. */
  tell(sentence: string): void;
  /** Replaces the line of progress on standard error; an empty text takes it away. */
  progress(text: string): void;
  /** The text in colors, where the terminal shows them. */
  paint(style: Style, text: string): string;
}

/** By https://no-color.org and https://force-color.org: an empty value counts as none. */
const wantsColor = ({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, isTTY: boolean): boolean => {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return isTTY && TERM !== 'dumb';
};

const write = (stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });

export const createTerminal = ({ stdout, stderr, env, cwd }: NodeJS.Process): Terminal => {
  // Who writes learns of the error by its promise; without a listener it would end the program as well.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  const color = wantsColor(env, stdout.isTTY === true);
  const watched = stderr.isTTY === true && (env['CI'] ?? '') === '';
  let shown = false;
  return {
    cwd: cwd(),
    watched,
    print: (text) => (text.length === 0 ? Promise.resolve() : write(stdout, text)),
    tell: (sentence) => void stderr.write(`${sentence}\n`),
    progress(text) {
      if (!watched || (text === '' && !shown)) return;
      shown = text !== '';
      stderr.write(`\r\u001b[K${text}`);
    },
    paint: (style, text) => (color && text !== '' ? styleText(style, text) : text),
  };
};
