/** A name of fewer letters is as likely to be another name. */
const leastLetters = 4;
/** Longer words are no names. */
const mostLetters = 100;
/** Who makes more slips than that in one file sees the kind, and each costs a search. */
const mostLookedUp = 50;

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

/** Known words by their plain form, and the plain forms by length. */
interface Index {
  readonly written: ReadonlyMap<string, readonly string[]>;
  readonly byLength: ReadonlyMap<number, readonly string[]>;
}

const indexOf = (known: Iterable<string>): Index => {
  const written = new Map<string, string[]>();
  const byLength = new Map<number, string[]>();
  const add = <K>(to: Map<K, string[]>, key: K, word: string): void => {
    const list = to.get(key);
    if (list === undefined) to.set(key, [word]);
    else list.push(word);
  };
  for (const word of known) {
    const low = plain(word);
    if (!written.has(low)) add(byLength, low.length, low);
    add(written, low, word);
  }
  return { written, byLength };
};

const nearestIn = (word: string, { written, byLength }: Index, least: number): string | undefined => {
  const own = plain(word);
  const alike = own === '' ? undefined : written.get(own);
  if (alike !== undefined) return alike.length === 1 ? alike[0] : undefined;
  if (own.length < least) return undefined;
  const near = [-1, 0, 1]
    .map((more) => own.length + more)
    .flatMap((length) => (length < least ? [] : (byLength.get(length) ?? []).filter((other) => isOneSlip(own, other))))
    .flatMap((other) => written.get(other) ?? []);
  return near.length === 1 ? near[0] : undefined;
};

/**
 * Looks words up among the known ones: for each the one that it was surely meant to be. That is the same but for case and joints, or one slip away
 * where both have `least` letters or more; `undefined` also where several are as near. Only the first fifty words are looked up.
 */
export const nearestAmong = (known: Iterable<string>, least = leastLetters): ((word: string) => string | undefined) => {
  let index: Index | undefined;
  let left = mostLookedUp;
  return (word) => {
    if (word.length > mostLetters || left === 0) return undefined;
    left -= 1;
    return nearestIn(word, (index ??= indexOf(known)), least);
  };
};

/** The same for one word. */
export const nearestWord = (word: string, known: Iterable<string>, least?: number): string | undefined => nearestAmong(known, least)(word);
