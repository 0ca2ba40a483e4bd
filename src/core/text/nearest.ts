/** A name of fewer letters is as likely to be another name. */
const leastLetters = 4;
/** Longer words are no names. */
const mostLetters = 60;

/** Letters and digits in lower case: `customerName` and `customer_name` are one name, written in two ways. */
const plain = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, '');

/** Is one what the other becomes by one slip: a letter too many, one missing, another one, or two neighbors swapped? */
const isOneSlip = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  if (a.length !== b.length) return a.length > b.length ? restA.slice(1) === restB : restB.slice(1) === restA;
  return restA.slice(1) === restB.slice(1) || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
};

/** Known words by their plain form, and plain forms by all that one letter less makes of them: whoever is one slip away has one of these too. */
interface Index {
  readonly written: ReadonlyMap<string, readonly string[]>;
  readonly byShorter: ReadonlyMap<string, readonly string[]>;
}

/** The word, and what is left of it without one of its letters; each once. */
const shorter = (word: string): ReadonlySet<string> =>
  new Set([word, ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))]);

const add = (to: Map<string, string[]>, key: string, word: string): void => {
  const list = to.get(key);
  if (list === undefined) to.set(key, [word]);
  else list.push(word);
};

const indexOf = (known: Iterable<string>, least: number): Index => {
  const written = new Map<string, string[]>();
  const byShorter = new Map<string, string[]>();
  for (const word of known) {
    const low = plain(word);
    if (!written.has(low) && isName(low, least)) for (const part of shorter(low)) add(byShorter, part, low);
    add(written, low, word);
  }
  return { written, byShorter };
};

const isName = ({ length }: string, least: number): boolean => length >= least && length <= mostLetters;

const nearestIn = (word: string, { written, byShorter }: Index, least: number): string | undefined => {
  if (word.length > mostLetters) return undefined;
  const own = plain(word);
  const alike = own === '' ? undefined : written.get(own);
  if (alike !== undefined) return alike.length === 1 ? alike[0] : undefined;
  if (!isName(own, least)) return undefined;
  const candidates = new Set([...shorter(own)].flatMap((part) => byShorter.get(part) ?? []));
  const near = [...candidates].filter((other) => isOneSlip(own, other)).flatMap((other) => written.get(other) ?? []);
  return near.length === 1 ? near[0] : undefined;
};

/**
 * Looks words up among the known ones: for each the one that it was surely meant to be. That is the same but for case and joints, or one slip away
 * where both have `least` letters or more; `undefined` also where several are as near. The cost of a word does not depend on how many are known.
 */
export const nearestAmong = (known: Iterable<string>, least = leastLetters): ((word: string) => string | undefined) => {
  let index: Index | undefined;
  return (word) => nearestIn(word, (index ??= indexOf(known, least)), least);
};

/** The same for one word, which is compared with each of the known ones: that takes less than to arrange them. */
export const nearestWord = (word: string, known: Iterable<string>, least = leastLetters): string | undefined => {
  const own = plain(word);
  if (own === '' || word.length > mostLetters) return undefined;
  const alike: string[] = [];
  const near: string[] = [];
  for (const other of known) {
    // Joints only make a word longer.
    if (other.length < own.length - 1) continue;
    const low = plain(other);
    if (low === own) alike.push(other);
    else if (isName(own, least) && isName(low, least) && isOneSlip(own, low)) near.push(other);
  }
  const [first, ...others] = alike.length > 0 ? alike : near;
  return others.length === 0 ? first : undefined;
};
