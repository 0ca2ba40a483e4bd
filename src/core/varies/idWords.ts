/** Words that name an identifier of one request or session, and the shapes of such identifiers. Every repetition is bounded. */

const sticky = (source: string): RegExp => new RegExp(source, 'iuy');

export const uuidValue = sticky('[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\\w-])');
export const hexValue = sticky('(?=[0-9a-f]{0,63}\\d)(?=[0-9a-f]{0,63}[a-f])[0-9a-f]{16,64}(?![\\w-])');
/** Crockford's base 32, 26 characters, the first at most 7. Source: github.com/ulid/spec. */
export const ulidValue = sticky('[0-7][0-9a-hjkmnp-tv-z]{25}(?![\\w-])');
export const tokenValue = sticky('[\\w-]{8,64}(?![\\w-])');

const thing = '(?:request|session|trace|span|correlation|conversation|invocation|interaction|transaction|thread|run|call|message)';
const foreign = [
  '(?:anfrage|sitzungs?|vorgangs|gespr\u00e4chs)-?id(?: dieser (?:anfrage|sitzung))?',
  'id de (?:la )?(?:requ\u00eate|session|solicitud|sesi\u00f3n|requisi\u00e7\u00e3o|sess\u00e3o)',
  'id (?:della|de la) (?:richiesta|sessione)',
].join('|');

/** Says that an identifier follows: any shape of identifier may stand behind it. */
export const idCue = new RegExp(
  `(?<![\\p{L}\\d_])(?:(?:x-(?:amzn-)?)?${thing}[ _-]?(?:id|identifier|uuid|no\\.|number)|nonce|(?:id|token|number) (?:for|of) this ${thing}|this ${thing} has (?:the|this) id|${foreign})(?![\\p{L}\\d_-])`,
  'giu',
);

/** The thing's name alone: only a value that can be nothing else than generated counts behind it. */
export const thingCue = new RegExp(`(?<![\\p{L}\\d_-])(?:request|session|trace|conversation|interaction|run)(?![\\p{L}\\d_-])`, 'giu');

/** UUIDs that stand in documentation everywhere and are nobody's request. */
export const knownExample = /^(?:0{8}-|123e4567-|f{8}-)/i;
