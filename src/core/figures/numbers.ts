/** Figures as text, in the reader's language. Nothing else in the project turns a number into text for a person. */

/** What stands where a figure is not known. */
export const unknownFigure = '–';

/** Every function is total: a missing, infinite or undefined figure gives `unknownFigure`. */
export interface NumberFormats {
  /** Whole tokens: "2,310". */
  readonly tokens: (value: number | undefined) => string;
  /** A band of tokens: "2,290 – 2,410", or one figure where both ends read the same. */
  readonly tokenBand: (low: number, high: number) => string;
  /** US dollars, with as many digits as the size of the amount makes useful: "$0.0069", "$12.30". */
  readonly usd: (value: number | undefined) => string;
  /** A band of US dollars: "$0.0012 – $0.0034". */
  readonly usdBand: (low: number | undefined, high: number | undefined) => string;
  /**
   * How the amounts of one column are written: all with as many decimals as its smallest one needs for two digits that count, at least two, and
   * no more than the largest one bears.
   */
  readonly usdColumn: (values: readonly (number | undefined)[]) => Pick<NumberFormats, 'usd' | 'usdBand'>;
  /** A share of 1 as a percentage without decimals: "89%". Only a true whole reads 100%, only a true zero 0%. */
  readonly percent: (share: number | undefined) => string;
  /** Milliseconds as a duration: "870 ms", "1.2 s", "2 min 5 s". */
  readonly duration: (ms: number | undefined) => string;
  /** Milliseconds since 1970 as a time of day: "14:03:27". */
  readonly time: (epochMs: number | undefined) => string;
  /** The same with its date where that is another one than at `now`, with the year where that is too: "Nov 28, 14:03:27". */
  readonly moment: (epochMs: number | undefined, now: number) => string;
}

/** The smallest amount worth printing; list prices are quoted per million tokens, so one token costs more than this. */
const smallestUsd = 1e-8;
/** The largest time value a calendar of the language holds: ECMAScript 2023, 21.4.1.1. */
const largestEpochMs = 8.64e15;

const known = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

/** A locale or time zone that this machine does not know is replaced, because a display language is never worth a failure. */
const supported = <T>(make: () => T, otherwise: () => T): T => {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return otherwise();
    throw error;
  }
};

type Format<V = number | undefined> = (value: V) => string;

/** Makes a format on first use: the first formatter of a process costs over ten milliseconds, too many for an activation, and each other one some. */
const later = <V>(make: () => Format<V>): Format<V> => {
  let made: Format<V> | undefined;
  return (value) => (made ??= make())(value);
};

const asBand = (low: string, high: string): string => (low === high ? low : `${low} – ${high}`);

/** Below this an amount has two significant digits, above it as many decimals as its size makes useful. */
const smallUsd = 0.001;

const currency = { style: 'currency', currency: 'USD' } as const;

const usdFormat = (locale: string): NumberFormats['usd'] => {
  const amounts = (digits: Intl.NumberFormatOptions): Format<number> =>
    later(() => new Intl.NumberFormat(locale, { ...currency, ...digits }).format);
  const withDecimals = (digits: number): Format<number> => amounts({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  const small = amounts({ minimumSignificantDigits: 2, maximumSignificantDigits: 2 });
  const [none, four, three, two] = [withDecimals(0), withDecimals(4), withDecimals(3), withDecimals(2)];
  return (value) => {
    if (!known(value)) return unknownFigure;
    const size = Math.abs(value);
    if (size < smallestUsd) return none(0);
    if (size < smallUsd) return small(value);
    return (size < 0.1 ? four : size < 1 ? three : two)(value);
  };
};

/** So many digits of the largest amount of a column are shown at most; a longer row of them is not read. */
const mostDigits = 5;

const digitsBefore = (size: number): number => Math.floor(Math.log10(size)) + 1;

const usdColumnFormat =
  (locale: string): NumberFormats['usdColumn'] =>
  (values) => {
    const sizes = values.flatMap((value) => (known(value) && Math.abs(value) >= smallestUsd ? [Math.abs(value)] : []));
    const [smallest, largest] = sizes.length === 0 ? [1, 1] : [Math.min(...sizes), Math.max(...sizes)];
    const digits = Math.max(2, Math.min(2 - digitsBefore(smallest), mostDigits - digitsBefore(largest)));
    const format = new Intl.NumberFormat(locale, { ...currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
    const zero = new Intl.NumberFormat(locale, { ...currency, maximumFractionDigits: 0 }).format(0);
    const least = 10 ** -digits;
    const usd = (value: number | undefined): string => {
      if (!known(value)) return unknownFigure;
      const size = Math.abs(value);
      if (size < smallestUsd) return zero;
      // What rounds to nothing is not nothing.
      return size < least / 2 ? `<${format.format(least)}` : format.format(value);
    };
    return { usd, usdBand: (low, high) => asBand(usd(low), usd(high)) };
  };

const percentFormat = (locale: string): NumberFormats['percent'] => {
  const format = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return (share) => {
    if (!known(share)) return unknownFigure;
    if (share > 0 && share < 0.005) return `<${format.format(0.01)}`;
    if (share >= 0.995 && share < 1) return `>${format.format(0.99)}`;
    return format.format(share === 0 ? 0 : share);
  };
};

const durationFormat = (locale: string): NumberFormats['duration'] => {
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (ms) => {
    if (!known(ms)) return unknownFigure;
    const whole = Math.max(0, ms);
    if (Math.round(whole) < 1000) return `${plain.format(whole)} ms`;
    if (whole < 59_950) return `${tenths.format(whole / 1000)} s`;
    const seconds = Math.round(whole / 1000);
    return `${plain.format(Math.floor(seconds / 60))} min ${plain.format(seconds % 60)} s`;
  };
};

const day: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
const timeOfDay: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

const timeFormat = (style: Intl.DateTimeFormatOptions, locale: string, timeZone: string | undefined): NumberFormats['time'] => {
  const format = supported(
    () => new Intl.DateTimeFormat(locale, timeZone === undefined ? style : { ...style, timeZone }),
    () => new Intl.DateTimeFormat(locale, style),
  );
  return (epochMs) => (known(epochMs) && Math.abs(epochMs) <= largestEpochMs ? format.format(epochMs) : unknownFigure);
};

const tokensFormat = (locale: string): NumberFormats['tokens'] => {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return (value) => (known(value) ? format.format(value) : unknownFigure);
};

const usableLocale = (locale: string): string =>
  supported(
    () => Intl.getCanonicalLocales(locale)[0] ?? 'en',
    () => 'en',
  );

/** The formats of one locale; an unknown one reads as English. `timeZone` is an IANA name, by default the machine's. */
export const numberFormats = (locale: string, timeZone?: string): NumberFormats => {
  const tokens = later(() => tokensFormat(usableLocale(locale)));
  const usd = later(() => usdFormat(usableLocale(locale)));
  const timeAs = (style: Intl.DateTimeFormatOptions) => later(() => timeFormat(style, usableLocale(locale), timeZone));
  const [time, year, date] = [timeAs(timeOfDay), timeAs({ year: 'numeric' }), timeAs({ ...day, year: 'numeric' })];
  const [ofThisYear, ofAnother] = [timeAs({ ...day, ...timeOfDay }), timeAs({ ...day, year: 'numeric', ...timeOfDay })];
  return {
    tokens,
    tokenBand: (low, high) => asBand(tokens(low), tokens(high)),
    usd,
    usdBand: (low, high) => asBand(usd(low), usd(high)),
    usdColumn: (values) => usdColumnFormat(usableLocale(locale))(values),
    percent: later(() => percentFormat(usableLocale(locale))),
    duration: later(() => durationFormat(usableLocale(locale))),
    time,
    moment: (epochMs, now) => {
      if (date(epochMs) === date(now)) return time(epochMs);
      return year(epochMs) === year(now) ? ofThisYear(epochMs) : ofAnother(epochMs);
    },
  };
};
