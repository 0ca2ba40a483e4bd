import { version } from '../../../package.json';
import type { NumberFormats } from '../../core/figures/numbers';
import type { Fixable } from '../../core/messages/commandLine';
import type { Summary } from '../../core/messages/commandLine';
import type { FileReport } from '../../core/report/types';
import type { FileResult } from '../checked';
import type { CheckOptions } from '../checkOptions';
import type { Terminal } from '../terminal';
import { findingsOf } from './findings';
import { githubReport } from './github';
import { sarifLog } from './sarif';
import { textReport } from './text';

/** What a check prints: some forms file by file, others at the end. */
export interface Output {
  add(result: FileResult): Promise<void>;
  finish(summary: Summary, fixable: Fixable): Promise<void>;
}

/** About so many bytes are printed at once: each print is a call of the system, and waits until it is done. */
const printedAtOnce = 1 << 18;

/** The `Report`, printed as it comes: it is as large as all files together. */
const jsonOutput = ({ print }: Terminal): Output => {
  const waiting: Uint8Array[] = [];
  let size = 0;
  const write = (json: Uint8Array | string): void => {
    waiting.push(typeof json === 'string' ? Buffer.from(json) : json);
    size += json.length;
  };
  const flush = (): Promise<void> => {
    size = 0;
    return print(Buffer.concat(waiting.splice(0)));
  };
  let before = '{"version":1,"files":[';
  return {
    add(result) {
      write(before);
      write(result.json());
      before = ',';
      return size < printedAtOnce ? Promise.resolve() : flush();
    },
    finish(summary) {
      write(`${before === ',' ? '' : before}],"summary":${JSON.stringify(summary)}}\n`);
      return flush();
    },
  };
};

type Print = (files: readonly FileReport[], summary: Summary, fixable: Fixable) => string;

const atTheEnd = (terminal: Terminal, print: Print): Output => {
  const files: FileReport[] = [];
  return {
    add(result) {
      files.push(result.report());
      return Promise.resolve();
    },
    finish: (summary, fixable) => terminal.print(print(files, summary, fixable)),
  };
};

/** What prints in the form that was asked for. */
export const createOutput = ({ format }: CheckOptions, formats: NumberFormats, terminal: Terminal): Output => {
  switch (format) {
    case 'json':
      return jsonOutput(terminal);
    case 'sarif':
      return atTheEnd(terminal, (files) => `${JSON.stringify(sarifLog(findingsOf(files), version), undefined, 2)}\n`);
    case 'github':
      return atTheEnd(terminal, (files) => githubReport(findingsOf(files)));
    case 'text':
      return atTheEnd(terminal, (files, summary, fixable) => textReport(findingsOf(files), summary, fixable, formats, terminal));
  }
};
