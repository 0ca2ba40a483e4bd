/** Hands over what callbacks push to one reader that awaits it, in order; `items` ends after `close`. */
export interface Inbox<T> {
  push(item: T): void;
  close(): void;
  items(): AsyncGenerator<T, void, undefined>;
}

export const createInbox = <T>(): Inbox<T> => {
  const waiting: T[] = [];
  let closed = false;
  let wake = (): void => undefined;
  return {
    push(item) {
      waiting.push(item);
      wake();
    },
    close() {
      closed = true;
      wake();
    },
    async *items() {
      for (;;) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (closed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
};
