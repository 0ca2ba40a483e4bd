import { segmentsOf, type Block } from '../../prompt/model';
import type { PromptWriter } from '../../prompt/writer';
import { theDocument } from '../../text/place';
import { encloses, span } from '../../text/span';
import { jsonOf } from '../evaluate/json';
import type { LanguageId } from '../form';
import type { Draft } from '../prompt/draft';
import { knownText } from '../values/value';

const methods = { python: /^converse(?:_stream)?$/, typescript: /^Converse(?:Stream)?Command$/ } as const;

/** Is everything of the request read, so that nothing is lost when it is written elsewhere? */
const isWhole = ({ sent, gaps, lost, partly }: Draft): boolean =>
  sent.open === undefined &&
  gaps.length === 0 &&
  lost.length === 0 &&
  !partly &&
  knownText(sent.modelId?.value) !== undefined &&
  sent.fields.every(([, { value }]) => jsonOf(value) !== undefined) &&
  (sent.toolChoice === undefined || jsonOf(sent.toolChoice.value) !== undefined);

/** Do the expressions stand in the function of the call, or in what is around both? */
const areAtHand = ({ sent, system, messages }: Draft, expressions: readonly string[]): boolean => {
  const { scope } = sent.site;
  const blocks: readonly Block[] = [...system, ...messages.flatMap(({ content }) => content)];
  const found = new Map(blocks.flatMap(segmentsOf).flatMap((one) => (one.kind === 'unknown' ? [[one.source, one] as const] : [])));
  return expressions.every((expression) => {
    const at = found.get(expression)?.at;
    return at !== undefined && at.source === theDocument && encloses(scope.at, at.span);
  });
};

/** What stands between the parentheses of a call of Converse. */
export const requestAt = (
  draft: Draft,
  language: LanguageId,
  expressions: readonly string[],
): ReturnType<NonNullable<PromptWriter['requestAt']>> => {
  const { document, sent } = draft;
  const { call } = sent.site;
  const { callee, args } = call;
  const name = callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
  const [first, last] = [args[0], args.at(-1)];
  if (first === undefined || last === undefined || !methods[language].test(name) || sent.frame.module.source !== document) return undefined;
  if (language === 'typescript' && (!call.isNew || args.length !== 1)) return undefined;
  if (!isWhole(draft) || !areAtHand(draft, expressions)) return undefined;
  // With the comma and the white space behind the last of them.
  return { at: span(document.text.indexOf('(', callee.at.end) + 1, call.at.end - 1), language };
};
