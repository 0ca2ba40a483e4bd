/** The end of a text that goes on and on. */
export interface Tail {
  /** At most as many characters as were asked for. */
  readonly text: string;
  add(more: string): void;
}

/** Keeps the last `limit` characters of what it is given, UTF-16 units. */
export const createTail = (limit: number): Tail => {
  let text = '';
  return {
    get text() {
      return text;
    },
    add(more) {
      text = (text + more.slice(-limit)).slice(-limit);
    },
  };
};
