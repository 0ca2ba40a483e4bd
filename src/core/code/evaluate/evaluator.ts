import type { CallExpr, Expr, Module, Scope, Step } from '../form';
import type { Cause, Frame, Hole, ListItem, PathValue, Root, Spot, UnknownValue, Value } from '../values/value';
import type { Source } from '../../text/place';
import type { Span } from '../../text/span';

/** What a program can be asked for besides its own text. */
export interface Program {
  /** The module that an import of this name leads to, if it is a file of the workspace. */
  moduleFor(from: Module, name: string): Module | undefined;
  /** The text that a path of a program leads to; `at`: where it is read. */
  textAt(path: PathValue, from: Module, at: Span): Source | undefined;
}

/** Says what expressions are worth. Total and bounded: what goes too deep, in a circle or on for too long cannot be known. */
export interface Evaluator {
  readonly program: Program;
  valueOf(expr: Expr, frame: Frame): Value;
  /** The frame of code that nobody has called yet: nothing is given. */
  frameOf(scope: Scope, module: Module, probes: boolean): Frame;
  /** What an import brings in. */
  imported(from: NonNullable<Step['from']>, spot: Spot, frame: Frame): Value;
  /** Goes one step further along names and calls, if that is not too far. */
  follow(at: Expr, frame: Frame, next: () => Value): Value;
}

export const spotAt = (expr: Pick<Expr, 'at'>, frame: Frame): Spot => ({ source: frame.module.source, at: expr.at });

export const sourceAt = ({ source, at }: Spot): string => source.text.slice(at.start, at.end);

interface HoleDetails {
  readonly end?: Spot;
  readonly cause?: Cause | undefined;
  readonly roots?: readonly Root[];
  readonly isGiven?: boolean;
}

/** What cannot be known at a place, by its source. */
export const holeAt = (spot: Spot, { end = spot, cause, roots = [], isGiven = false }: HoleDetails = {}): Hole => ({
  kind: 'hole',
  name: sourceAt(spot),
  ...spot,
  end,
  cause,
  roots,
  isGiven,
});

export const unknownAt = (spot: Spot, details: HoleDetails = {}, alternatives: readonly Value[] = []): UnknownValue => ({
  kind: 'unknown',
  hole: holeAt(spot, details),
  alternatives,
  keepsName: false,
});

/** What is unknown about a value, as far as it is. */
export const holeOf = (value: Value): Hole | undefined => {
  switch (value.kind) {
    case 'unknown':
      return value.hole;
    case 'text':
      return value.pieces.find((piece) => piece.kind === 'hole');
    case 'object':
      return value.open;
    case 'list':
      return value.items.find(({ gap }) => gap !== undefined)?.gap;
    case 'dumped':
      return value.hole;
    default:
      return undefined;
  }
};

/** A part of a list that is not known. */
export const gapOf = (value: Value): ListItem => ({
  value: () => value,
  gap: holeOf(value) ?? (value.kind === 'unknown' ? value.hole : undefined),
  item: undefined,
});

/** Something unknown that is made of other values: it changes for the reasons for which they do. */
export const unknownOf = (expr: Expr, frame: Frame, parts: readonly Value[], alternatives: readonly Value[] = []): UnknownValue => {
  const spot = spotAt(expr, frame);
  const holes = parts.flatMap((part) => (part.kind === 'symbol' ? symbolHole(part, part.spot) : (holeOf(part) ?? [])));
  const first = holes.find(({ cause }) => cause !== undefined) ?? holes[0];
  return unknownAt(
    spot,
    {
      end: first?.end ?? spot,
      cause: first?.cause,
      roots: holes.flatMap(({ roots }) => roots),
      isGiven: holes.some(({ isGiven }) => isGiven),
    },
    alternatives,
  );
};

/** Names of what gives another value each time. */
const clocks =
  /^(?:datetime\.(?:datetime\.)?(?:now|utcnow|today)|time\.(?:time|time_ns|monotonic|perf_counter|ctime|asctime|strftime|localtime|gmtime)|pendulum\.now|arrow\.(?:now|utcnow)|django\.utils\.timezone\.now|Date|Date\.now|performance\.now|(?:dayjs|moment|luxon\.DateTime\.(?:now|utc)))\(\)$/;
const ids =
  /^(?:uuid\.uuid[14]|uuid\.(?:v[147]|default)|secrets\.token_(?:hex|urlsafe|bytes)|random\.(?:random|randint|choice|choices|sample|uniform|getrandbits|shuffle)|os\.urandom|(?:(?:node:)?crypto\.)?(?:randomUUID|randomBytes|webcrypto\.randomUUID)|(?:globalThis\.)?crypto\.randomUUID|nanoid\.nanoid|ulid\.ulid|Math\.random)\(\)$/;

/** Formats that tell a day and no time. */
const dayOnly = /^["'`](?:%[aAbBdejmuUwWyYDFGV]|[^%])*["'`]$/;

const isDayOnly = ({ name, call }: Extract<Value, { kind: 'symbol' }>): boolean => {
  if (
    /\.(?:date|toDateString|toLocaleDateString|getFullYear|getMonth|getDate|getDay|weekday|isoweekday)\(\)$/.test(name) ||
    /\.(?:year|month|day)$/.test(name)
  )
    return true;
  const format = call?.expr.args[0]?.value;
  return /\.strftime\(\)$/.test(name) && format !== undefined && call !== undefined && dayOnly.test(sourceAt(spotAt(format, call.frame)));
};

/** A date that is made of something tells that, and not what time it is. */
const isMadeDate = ({ name, call }: Extract<Value, { kind: 'symbol' }>): boolean =>
  /^(?:Date|dayjs|moment)\(\)$/.test(name) && call !== undefined && call.expr.args.length > 0;

const causeOf = (symbol: Extract<Value, { kind: 'symbol' }>): Cause | undefined =>
  clocks.test(symbol.name) && !isMadeDate(symbol) ? 'clock' : ids.test(symbol.name) ? 'id' : undefined;

/** What a library gives, as a part of a text: named where it is used, and ending where it comes from. */
export const symbolHole = (symbol: Extract<Value, { kind: 'symbol' }>, spot: Spot): Hole => {
  let at: typeof symbol | undefined = symbol;
  let isDay = false;
  for (; at !== undefined; at = at.object) {
    isDay ||= isDayOnly(at);
    const cause = causeOf(at);
    if (cause !== undefined) return holeAt(spot, { end: at.spot, cause: isDay && cause === 'clock' ? undefined : cause });
  }
  return holeAt(spot, { end: symbol.spot });
};

/** A value under another name: where it is used, not where it comes from. */
export const renamed = (value: Value, spot: Spot): Value =>
  value.kind === 'unknown' ? { ...value, keepsName: false, hole: { ...value.hole, ...spot, name: sourceAt(spot) } } : value;

export const isNothing = (value: Value): boolean =>
  (value.kind === 'constant' && (value.value === null || value.value === false || value.value === 0)) ||
  (value.kind === 'symbol' && value.name === 'undefined') ||
  (value.kind === 'text' && value.pieces.length === 0);

/** Is it a text or a list with nothing in it? */
export const isEmpty = (value: Value): boolean =>
  (value.kind === 'text' && value.pieces.length === 0) || (value.kind === 'list' && value.items.length === 0);

/** An empty default says that nothing was given, and not what is sent: whatever may be given stands there. */
export const orWhatIsGiven = (empty: Value, given: UnknownValue): Value => {
  if (empty.kind === 'list') return { ...empty, items: [{ value: () => given, gap: given.hole, item: undefined }] };
  return { ...given, alternatives: [...given.alternatives, empty] };
};

/** Is it something, whatever it is worth? */
export const isSomething = (value: Value): boolean => {
  switch (value.kind) {
    case 'text':
      return value.pieces.some(({ kind }) => kind === 'known');
    case 'constant':
      return value.value !== null && value.value !== false && value.value !== 0;
    case 'list':
      return value.items.some(({ gap }) => gap === undefined);
    case 'object':
      return value.entries.some(({ maybe }) => !maybe);
    case 'unknown':
    case 'symbol':
      return false;
    default:
      return true;
  }
};

export const argumentNamed = (call: CallExpr, name: string): Expr | undefined => call.args.find((one) => one.name === name)?.value;

/** The positional argument at an index, where no spread stands before it. */
export const argumentAt = (call: CallExpr, index: number): Expr | undefined => {
  const plain = call.args.filter(({ name }) => name === undefined);
  return plain.slice(0, index + 1).some(({ spread }) => spread !== undefined) ? undefined : plain[index]?.value;
};
