import type { SecretKind } from './problems';

/** Something in a text that gives away what should be kept. Offsets are in that text. */
export interface Secret {
  readonly what: SecretKind;
  readonly start: number;
  readonly end: number;
}

/** Forms that are hardly ever anything else. A false alarm here accuses somebody, so what is merely possible is left out. */
const patterns: readonly { readonly what: SecretKind; readonly pattern: RegExp }[] = [
  { what: 'privateKey', pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/g },
  { what: 'awsKey', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { what: 'apiKey', pattern: /(?<![\w-])(?:sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{35}|[rs]k_live_[A-Za-z0-9]{20,})/g },
  {
    what: 'token',
    pattern:
      /(?<![\w-])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,}|xox[abprs]-[A-Za-z0-9-]{20,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})/g,
  },
  {
    what: 'password',
    pattern:
      /\b(?:password|passwd|passphrase|client[_ ]secret|secret[_ ](?:access[_ ])?key)["']?\s{0,3}[:=]\s{0,3}["']?((?=[^\s"']{0,64}\d)(?=[^\s"']{0,64}[A-Za-z])[^\s"',;{}<>]{9,63}[^\s"',;:{}<>.!?)])/gi,
  },
  { what: 'cardNumber', pattern: /(?<![\d-])(?:4\d{3}|5[1-5]\d\d|3[47]\d\d)[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{4})?(?![\d-])/g },
];

/** One cheap look decides whether the patterns need to be tried. */
const anySign = /PRIVATE KEY|AKIA|ASIA|sk-|AIza|k_live_|gh[pousr]_|github_pat_|xox[abprs]-|eyJ|passw|passphrase|secret|\d{4}[ -]?\d{4}/i;

/** Values that documentation uses everywhere. */
const knownExample = /EXAMPLE|x{4}|X{4}|\*{3}|0{8}|12345678|^(?:4242|4111|5555|3782)/;

/** The check digit of card numbers: ISO/IEC 7812-1, the Luhn formula. */
const isCardNumber = (text: string): boolean => {
  const digits = [...text.replace(/\D/g, '')].map(Number).reverse();
  if (digits.length < 15 || digits.length > 16) return false;
  const sum = digits.reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2), 0);
  return sum % 10 === 0;
};

/** Everything in a text that looks like a credential or a card number, in order, without overlaps. */
export const findSecrets = (text: string): readonly Secret[] => {
  if (!anySign.test(text)) return [];
  const found: Secret[] = [];
  for (const { what, pattern } of patterns)
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? match[0];
      const end = match.index + match[0].length;
      const start = end - value.length;
      if (knownExample.test(value) || (what === 'cardNumber' && !isCardNumber(value))) continue;
      if (!found.some((other) => start < other.end && other.start < end)) found.push({ what, start, end });
    }
  return found.sort((a, b) => a.start - b.start);
};
