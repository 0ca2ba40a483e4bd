import type { CachePlan, Checkpoint } from '../cache/plan';
import { fixTitles } from '../messages/fixes';
import type { Problem } from '../prompt/problems';
import type { Piece } from '../prompt/model';
import type { TextEdit } from '../text/edit';
import { locate } from '../prompt/locate';
import { signsOf } from './textSigns';
import { usualForm, type Trouble } from './troubles';
import type { Rule, RuleInput } from './types';

type Code = 'cache/unstable-bytes';
type Literal = Extract<Piece, { kind: 'literal' }>;

interface Found {
  readonly piece: Literal;
  readonly troubles: readonly Trouble[];
}

const lastWorking = (plan: CachePlan): Checkpoint | undefined =>
  plan.checkpoints.findLast(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind !== 'never');

/** Text of another file has its own place to be mended; in JSON no editor cuts white space off. */
const inPiece = (piece: Piece): Found[] => {
  if (piece.kind === 'variable' || piece.form === 'opaque') return [];
  const all = signsOf(piece).troubles;
  const troubles = piece.form === 'json' ? all.filter(({ what }) => what !== 'trailingSpace') : all;
  return troubles.length === 0 ? [] : [{ piece, troubles }];
};

const findAll = ({ plan }: RuleInput): readonly Found[] =>
  plan.blocks.slice(0, lastWorking(plan)?.index ?? 0).flatMap(({ block }) => {
    const pieces = block.kind === 'text' ? block.pieces : block.kind === 'json' ? block.texts : [];
    return pieces.flatMap(inPiece);
  });

/** Places are looked up from the one before, for each may need a walk through the source. */
const editsOf = (source: string, { piece, troubles }: Found): readonly TextEdit[] => {
  let rest: Literal = piece;
  let offset = 0;
  return troubles.map(({ what, start, end }) => {
    const span = locate(source, rest, start - offset, end - offset);
    const usual = usualForm(what, piece.text.slice(start, end));
    rest = { ...piece, text: piece.text.slice(end), span: { start: span.end, end: piece.span.end } };
    offset = end;
    return { span, text: piece.form === 'json' ? JSON.stringify(usual).slice(1, -1) : usual };
  });
};

/** Text before a working marker that another editor or machine would write with other bytes, which is another prefix. One hint for all. */
export const unstableBytes: Rule<Code> = {
  severity: 'hint',
  *check(input): Generator<Problem<Code>> {
    const found = findAll(input);
    const [first] = found;
    const trouble = first?.troubles[0];
    const tokens = lastWorking(input.plan)?.prefix;
    if (first === undefined || trouble === undefined || tokens === undefined) return;
    const count = found.reduce((sum, { troubles }) => sum + troubles.length, 0);
    yield {
      code: 'cache/unstable-bytes',
      span: locate(input.text, first.piece, trouble.start, trouble.end),
      data: { what: trouble.what, count, tokens },
    };
  },
  *fixes(_problem, input) {
    const edits = findAll(input).flatMap((found) => editsOf(input.text, found));
    yield { title: fixTitles.normalise, edits, preferred: true };
  },
};
