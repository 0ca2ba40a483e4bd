/** The shapes of identifiers of one request or session. Every repetition is bounded. */

/** Patterns read lower case. */
const sticky = (source: string): RegExp => new RegExp(source, 'y');

export const uuidValue = sticky('[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\\w-])');
export const hexValue = sticky('(?=[0-9a-f]{0,63}\\d)(?=[0-9a-f]{0,63}[a-f])[0-9a-f]{16,64}(?![\\w-])');
/** Crockford's base 32, 26 characters, the first at most 7. Source: github.com/ulid/spec. */
export const ulidValue = sticky('[0-7][0-9a-hjkmnp-tv-z]{25}(?![\\w-])');
export const tokenValue = sticky('(?:[\\w-]{8,64}|\\d{5,7})(?![\\w-])');

/** Letters and digits mixed as no word or number mixes them: `7d81a02c`. */
export const isMixed = (token: string): boolean => (token.match(/(?<=[a-z])\d|(?<=\d)[a-z]/gi) ?? []).length >= 3;

/** `req_7d81a02c`, `int-5590123-x9` after a thing's name: mixed, or a long number whose beginning shortens the name. */
export const looksGenerated = (token: string, name: string): boolean => {
  const prefix = /^[a-z]{2,8}(?=[_-])/.exec(token)?.[0] ?? '';
  const digits = token.replace(/\D/g, '').length;
  return (digits >= 3 && isMixed(token)) || (digits >= 5 && prefix !== '' && name.includes(prefix));
};

/** `msg_01XFDUDYJgAACzvnptvVoYEL`, as services make them, in lower case. */
export const isPrefixed = (token: string): boolean => /^[a-z]{2,8}_(?=[a-z]*\d)[a-z\d]{16,}$/.test(token);

/** UUIDs that stand in documentation everywhere and are nobody's request. */
export const knownExample = /^(?:0{8}-|123e4567-|f{8}-)/i;
