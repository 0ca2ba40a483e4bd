import type { Prompt } from '../prompt/model';
import type { Problem, RuleCode } from '../prompt/problems';
import { lineIndex } from '../text/lines';
import { nearestAmong } from '../text/nearest';

type Unused = Problem<'syntax/unused-ignore'>;

/** What comments leave of the problems of a prompt, and those comments that silence nothing. */
export interface Unsilenced<P extends Problem> {
  readonly problems: readonly P[];
  readonly unused: readonly Unused[];
}

/** For each of these lines the next one that is not among them. */
const linesBehind = (lines: ReadonlySet<number>): ReadonlyMap<number, number> => {
  const behind = new Map<number, number>();
  for (const line of [...lines].sort((a, b) => b - a)) behind.set(line, behind.get(line + 1) ?? line + 1);
  return behind;
};

/**
 * Takes out the problems that begin on the line after a comment which names their code; comments on lines one after the other speak of the
 * same line. A comment of a code that is not looked for is not called unused.
 */
export const applyIgnores = <P extends Problem>(
  problems: readonly P[],
  { ignores = [] }: Prompt,
  text: string,
  codes: readonly RuleCode[],
  isOff: (code: RuleCode) => boolean,
): Unsilenced<P> => {
  if (ignores.length === 0) return { problems, unused: [] };
  const lines = lineIndex(text);
  const lineOf = (offset: number): number => lines.positionOf(offset).line;
  const own = new Set(ignores.map(({ span }) => lineOf(span.start)));
  const behind = linesBehind(own);
  const targets = ignores.map(({ value, span }) => `${behind.get(lineOf(span.start)) ?? 0} ${value}`);
  const wanted = new Set(targets);
  const silenced = new Set<string>();
  const left = problems.filter(({ code, span }) => {
    const target = `${lineOf(span.start)} ${code}`;
    if (wanted.has(target)) silenced.add(target);
    return !wanted.has(target);
  });
  const nearest = nearestAmong(codes);
  const unused = ignores.flatMap(({ value, span }, index): readonly Unused[] => {
    const known = codes.find((code) => code === value);
    if (silenced.has(targets[index] ?? '') || (known !== undefined && isOff(known))) return [];
    return [{ code: 'syntax/unused-ignore', span, data: { found: value, known: known !== undefined, nearest: nearest(value) } }];
  });
  return { problems: left, unused };
};
