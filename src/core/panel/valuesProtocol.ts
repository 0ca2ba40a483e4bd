/** What the form in which values are typed shows and posts, as a part of the panel's protocol. */

type Row = Readonly<Record<string, string>>;

/** One value that a call was made with. */
export interface UsedValue {
  readonly name: string;
  readonly text: string;
}

/** One field of the form in which a person gives values. */
export interface ValueField {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** What it begins with. */
  readonly value: string;
}

/** A question for the values of a call, which stands above the tabs. What is typed belongs to the page, which tells of each change. */
export interface ValuesForm {
  /** Answers to another question than the one that is open are not heard. */
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly fields: readonly ValueField[];
  /** What the button says that goes on. */
  readonly send: string;
  /** Can the values be written into the prompt? */
  readonly canSave: boolean;
  /** What became of that; empty before. */
  readonly said: string;
}

/** What the form of values posts. */
export type ValuesMessage =
  | { readonly type: 'valuesTyped'; readonly form: string; readonly values: Row }
  | { readonly type: 'valuesGiven'; readonly form: string; readonly values: Row }
  | { readonly type: 'valuesSaved'; readonly form: string; readonly values: Row }
  | { readonly type: 'valuesDropped'; readonly form: string };

/** A value for each of some names. */
export const isRow = (values: unknown): values is Row =>
  typeof values === 'object' && values !== null && Object.values(values).every((value) => typeof value === 'string');

type Members = Readonly<Record<string, unknown>>;
const withValues =
  <K extends 'valuesTyped' | 'valuesGiven' | 'valuesSaved'>(type: K) =>
  ({ form, values }: Members) =>
    typeof form === 'string' && isRow(values) ? { type, form, values } : undefined;

/** How a message of each type is read from what was posted. */
export const valuesReaders = {
  valuesTyped: withValues('valuesTyped'),
  valuesGiven: withValues('valuesGiven'),
  valuesSaved: withValues('valuesSaved'),
  valuesDropped: ({ form }: Members) => (typeof form === 'string' ? { type: 'valuesDropped' as const, form } : undefined),
} as const;
