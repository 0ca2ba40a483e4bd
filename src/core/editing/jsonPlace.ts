import { span, type Span } from '../text/span';

/** Where in JSON text a cursor stands, also where the text is not finished: what is typed is seldom whole. */
export interface JsonPlace {
  /** Names, and `*` for entries of lists, on the way to what holds the place. */
  readonly path: readonly string[];
  /** `key`: the name of a member stands here, or may; `value`: a value of the last step of the path. */
  readonly kind: 'key' | 'value';
  /** What is written here, with its quotes; empty where nothing is. */
  readonly span: Span;
  readonly written: string;
  /** Does a colon follow, so that the value is there already? */
  readonly hasValue: boolean;
  /** Other members of the innermost object, with what is written first of their values. */
  readonly members: ReadonlyMap<string, string>;
}

interface Frame {
  readonly list: boolean;
  readonly members: Map<string, string>;
  key: string | undefined;
  expects: 'key' | 'value' | 'end';
}

/** A string, ended or not; a sign; a word. */
const token = /"(?:[^"\\\n]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/g;

const nameOf = (written: string): string => {
  try {
    return String(JSON.parse(written));
  } catch {
    return written.replace(/^"|"$/g, '');
  }
};

interface Found {
  readonly frames: readonly Frame[];
  /** The names on the way to it, which change as reading goes on. */
  readonly steps: readonly string[];
  readonly at: Span;
  readonly written: string;
  readonly kind: 'key' | 'value';
}

/** Reads up to the place, and on until the object that holds it ends, for its other members. `undefined`: no name or value stands there. */
export const jsonPlaceAt = (text: string, offset: number): JsonPlace | undefined => {
  const frames: Frame[] = [];
  let found: Found | undefined;
  let hasValue = false;
  const top = (): Frame | undefined => frames.at(-1);
  const find = (start: number, end: number, written: string): void => {
    const frame = top();
    if (found !== undefined || frame === undefined || frame.expects === 'end') return;
    const steps = frames.map(({ list, key }) => (list ? '*' : (key ?? '')));
    found = { frames: [...frames], steps, at: span(start, end), written, kind: frame.expects };
  };
  /** The member that the place is the name of is not one of the others. */
  const note = (frame: Frame, written: string): void => {
    const isItself = found?.kind === 'key' && frame === found.frames.at(-1) && frame.key === nameOf(found.written);
    if (frame.key !== undefined && !isItself) frame.members.set(frame.key, written);
  };
  const closed = (): boolean => found !== undefined && frames.length < found.frames.length;
  for (const match of text.matchAll(token)) {
    const [written] = match;
    const start = match.index;
    const end = start + written.length;
    // Between what is written stands nothing, into which something may be typed.
    if (found === undefined && offset < start) find(offset, offset, '');
    if (found === undefined && offset < start) return undefined;
    const isValue = !/^[{}[\],:]$/.test(written);
    if (isValue && offset >= start && offset <= end && !(offset === end && written.length > 1 && written.endsWith('"')))
      find(start, end, written);
    const frame = top();
    switch (written) {
      case '{':
      case '[':
        if (frame?.list === false) note(frame, written);
        if (frame !== undefined) frame.expects = 'end';
        frames.push({ list: written === '[', members: new Map(), key: undefined, expects: written === '[' ? 'value' : 'key' });
        break;
      case '}':
      case ']':
        if (found === undefined && offset <= start) find(offset, offset, '');
        frames.pop();
        break;
      case ',':
        if (frame !== undefined) frame.expects = frame.list ? 'value' : 'key';
        break;
      case ':':
        if (frame !== undefined) frame.expects = 'value';
        if (found?.kind === 'key' && frame === found.frames.at(-1) && frame?.key === nameOf(found.written)) hasValue = true;
        break;
      default:
        if (frame === undefined) break;
        if (frame.list || frame.expects === 'value') {
          note(frame, written);
          frame.expects = 'end';
        } else if (frame.expects === 'key') {
          frame.key = nameOf(written);
          note(frame, '');
        }
    }
    if (closed()) break;
  }
  if (found === undefined) find(offset, offset, '');
  if (found === undefined) return undefined;
  const { steps } = found;
  const inside = found.frames.at(-1);
  return {
    path: found.kind === 'key' || found.frames.length === 0 ? steps.slice(0, -1) : steps,
    kind: found.kind,
    span: found.at,
    written: found.written,
    hasValue,
    members: inside?.members ?? new Map<string, string>(),
  };
};
