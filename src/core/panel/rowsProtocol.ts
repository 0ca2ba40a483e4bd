import { isRecord } from '../text/json';

/** A figure beside the table, as text. */
export interface RowsFigure {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly hint: string;
}

/** What stands above the table. */
export interface RowsHead {
  readonly version: 1;
  /** "triage.bedrock.md · 120 rows of questions.csv". */
  readonly title: string;
  readonly service: { readonly kind: 'aws' | 'emulator' | 'custom'; readonly text: string };
  readonly state: 'running' | 'pausing' | 'paused' | 'over';
  readonly status: string;
  readonly progress: { readonly done: number; readonly of: number };
  /** Why nothing is sent; empty where something is, or all is over. */
  readonly notice: string;
  /** What is to be known of the answers in the table; empty where nothing is. */
  readonly note: string;
  /** What is said about doubtful rows; empty where there is none. */
  readonly doubt: string;
  /** Can failed ones be sent again? */
  readonly canRetry: boolean;
  readonly canResume: boolean;
  readonly figures: readonly RowsFigure[];
  /** One column for each model. */
  readonly models: readonly { readonly name: string; readonly summary: string }[];
  readonly expects: boolean;
}

export interface RowCell {
  readonly state: 'waiting' | 'sent' | 'doubtful' | 'done' | 'failed' | 'leftOut';
  /** The beginning of the answer, or what there is instead. */
  readonly text: string;
  /** The answer is longer, and can be opened. */
  readonly canOpen: boolean;
  /** It was sent and is over, so that the history may have it. */
  readonly hasDetails: boolean;
  /** Tokens, money and the time to the first token, as far as they are known. */
  readonly usage: string;
  readonly met: 'yes' | 'no' | '';
  /** Against the last time; empty where there was none. */
  readonly last: string;
}

export interface RowLine {
  readonly index: number;
  /** The row's own number and the beginning of its values. */
  readonly name: string;
  readonly values: string;
  readonly expect: string;
  readonly cells: readonly RowCell[];
}

/** `reset`: the lines are all there are; otherwise they take the place of those with the same index. */
export interface ToRows {
  readonly type: 'rows';
  readonly head: RowsHead;
  readonly lines: readonly RowLine[];
  readonly reset: boolean;
}

export type FromRows =
  | { readonly type: 'ready' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'cancel' }
  | { readonly type: 'retry' }
  | { readonly type: 'decide'; readonly send: boolean }
  | { readonly type: 'export'; readonly form: 'csv' | 'jsonLines' }
  /** Opens the answer of a row on a model in the editor. */
  | { readonly type: 'open'; readonly row: number; readonly model: number }
  /** Shows the call of a row on a model in the panel, with its figures and why it did or did not read the cache. */
  | { readonly type: 'details'; readonly row: number; readonly model: number };

/** Accepts a message from the host, or nothing. The host is our own code, so the version stands for the shape. */
export const parseToRows = (message: unknown): ToRows | undefined =>
  isRecord(message) && message['type'] === 'rows' && isRecord(message['head']) && message['head']['version'] === 1
    ? (message as unknown as ToRows)
    : undefined;

const plain = ['ready', 'pause', 'resume', 'cancel', 'retry'] as const;

/** Accepts a message from the page, or nothing: what a page posts is not to be believed. */
export const parseFromRows = (message: unknown): FromRows | undefined => {
  if (!isRecord(message)) return undefined;
  const { type, send, form, row, model } = message;
  const word = plain.find((one) => one === type);
  if (word !== undefined) return { type: word };
  if (type === 'decide' && typeof send === 'boolean') return { type, send };
  if (type === 'export' && (form === 'csv' || form === 'jsonLines')) return { type, form };
  const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  return (type === 'open' || type === 'details') && isIndex(row) && isIndex(model) ? { type, row, model } : undefined;
};
