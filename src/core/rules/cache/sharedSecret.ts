import { fits } from '../../cache/fit';
import type { CachePlan, Checkpoint } from '../../cache/plan';
import { exactly, minus } from '../../figures/band';
import { textUnits } from '../../formats/textUnits';
import { blockText, offsetInBlock } from '../../prompt/blockText';
import { segmentsOf } from '../../prompt/model';
import type { SecretKind } from '../../prompt/problems';
import type { Edits } from '../../text/edit';
import { textStandsAt } from '../../text/segment';
import type { Span } from '../../text/span';
import { signsOf } from '../textSigns';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** The secret itself is not repeated here: problems are shown, copied and logged. */
    'cache/shared-secret': { readonly what: SecretKind };
  }
}

/** The titles of its fixes. */
const titles = {
  moveLineBehind: 'Move this line after the cache point',
} as const;

const secretNames: { readonly [K in SecretKind]: string } = {
  awsKey: 'an AWS access key',
  apiKey: 'an API key',
  privateKey: 'a private key',
  token: 'an access token',
  password: 'a password',
  cardNumber: 'a payment card number',
};

const lastShared = ({ checkpoints }: CachePlan): Checkpoint | undefined =>
  checkpoints.findLast(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind === 'shared');

/** The edits that move the line of the secret after the marker, where other text stays in its block and the prefix stays long enough. */
const moveLine = ({ plan, prompt }: RuleInput, at: Span): Edits | undefined => {
  const shared = lastShared(plan);
  const block = plan.blocks
    .map((wire) => wire.block)
    .find((one) => one.kind === 'text' && one.span.start <= at.start && at.end <= one.span.end);
  if (block?.kind !== 'text' || shared === undefined || plan.caching?.kind !== 'explicit') return undefined;
  const { sources, write } = prompt;
  const whole = blockText(block);
  const from = whole.lastIndexOf('\n', offsetInBlock(sources, block, at.start) - 1) + 1;
  const newline = whole.indexOf('\n', offsetInBlock(sources, block, at.end));
  const to = newline === -1 ? whole.length : newline + 1;
  // A line torn out of its fence is no longer the code that it was.
  if (textUnits(whole).around(from).kind === 'fence') return undefined;
  if ((whole.slice(0, from) + whole.slice(to)).trim() === '') return undefined;
  // No text has more tokens than characters.
  const enough = fits(minus(shared.prefix, exactly(to - from)), plan.caching) === 'surely';
  return enough ? write.moveText(block, from, to, shared.marker) : undefined;
};

/** What looks like a credential or a card number in a prefix that every call shares: it is sent, and kept, with each of them. */
export const sharedSecret: Rule<'cache/shared-secret'> = {
  code: 'cache/shared-secret',
  severity: 'warning',
  sources: [
    'This rule is a caution of this extension, not of the service, as of version 0.1.0, 2026-11',
    'Card numbers are checked by ISO/IEC 7812-1, 2017-01; known examples of documentation are left alone',
  ],
  says: ({ what }) =>
    `This looks like ${secretNames[what]} in a prefix that every call shares: it is sent each time and can show up in any answer. Take it out, or put it after the last shared cache point.`,
  *check({ plan, prompt }) {
    const shared = lastShared(plan);
    for (const { block } of plan.blocks.slice(0, shared?.index ?? 0)) {
      for (const segment of segmentsOf(block)) {
        if (segment.kind !== 'text') continue;
        for (const { what, start, end } of signsOf(segment).secrets)
          yield { code: 'cache/shared-secret', ...textStandsAt(prompt.sources, segment, start, end), data: { what } };
      }
    }
  },
  *fixes(problem, input) {
    const edits = moveLine(input, problem.span);
    if (edits !== undefined) yield { title: titles.moveLineBehind, kind: 'moves', edits, preferred: false };
  },
};
