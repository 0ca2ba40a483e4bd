/** One event of a stream of server-sent events. */
export interface ServerEvent {
  /** `message` where the event does not say. */
  readonly type: string;
  readonly data: string;
}

/** An event with its lines, without the empty line that ends it; `undefined` where it holds no data. */
const eventOf = (lines: readonly string[]): ServerEvent | undefined => {
  let type = 'message';
  const data: string[] = [];
  for (const line of lines) {
    const at = line.indexOf(':');
    const [name, value] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')];
    if (name === 'event') type = value;
    else if (name === 'data') data.push(value);
  }
  return data.length === 0 ? undefined : { type, data: data.join('\n') };
};

/**
 * Reads server-sent events from bytes, however they are cut. What the connection throws is thrown on; an event that was begun and not ended is none.
 * Source: HTML standard, 9.2.6, Interpreting an event stream.
 */
export async function* serverEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent, void> {
  const decoder = new TextDecoder();
  let rest = '';
  let lines: string[] = [];
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true });
    // A line break of two characters may be cut between them.
    const held = rest.endsWith('\r') ? '\r' : '';
    const parts = (held === '' ? rest : rest.slice(0, -1)).split(/\r\n|\n|\r/);
    rest = (parts.pop() ?? '') + held;
    for (const line of parts) {
      if (line !== '') {
        lines.push(line);
        continue;
      }
      const event = eventOf(lines);
      lines = [];
      if (event !== undefined) yield event;
    }
  }
}
