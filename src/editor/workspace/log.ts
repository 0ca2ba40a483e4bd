import * as vscode from 'vscode';
import { visible, visibleLine } from '../../core/text/visible';

/** The extension's log. Prompt text and credentials never enter it. */
export interface Log extends vscode.Disposable {
  info(message: string): void;
  warn(message: string): void;
  /** Our own mistakes, with their stack. */
  error(message: string, error?: unknown): void;
  show(): void;
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error ?? ''));

export const createLog = (): Log => {
  const channel = vscode.window.createOutputChannel('Cachepoint', { log: true });
  return {
    info: (message) => channel.info(visibleLine(message)),
    warn: (message) => channel.warn(visibleLine(message)),
    error: (message, error) => channel.error(visibleLine(message), visible(stackOf(error))),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
};

/** Runs one feature's work; a mistake of ours is logged and answered with `otherwise`, so that other features go on. */
export const guarded = <T>(log: Pick<Log, 'error'>, feature: string, work: () => T, otherwise: T): T => {
  try {
    return work();
  } catch (error) {
    log.error(`${feature} failed`, error);
    return otherwise;
  }
};

/** The same for work that takes its time. */
export const guardedLater = async <T>(log: Pick<Log, 'error'>, feature: string, work: () => Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    log.error(`${feature} failed`, error);
    return otherwise;
  }
};
