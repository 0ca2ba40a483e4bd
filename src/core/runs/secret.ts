/** A text that no log, no message and no JSON can hold by mistake: it has to be asked for. */
export interface Secret {
  reveal(): string;
}

export const secret = (text: string): Secret => ({ reveal: () => text });
