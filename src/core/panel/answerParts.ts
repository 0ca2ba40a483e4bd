import { partTexts, partTitles } from '../messages/answerPartText';
import type { AnswerPart } from '../runs/parts';
import type { PartGroupView } from './partViews';

const order = Object.keys(partTitles) as readonly AnswerPart['kind'][]; // the table has exactly these keys

/** Further parts of an answer by their kinds, each kind once, in one order. */
export const partGroups = (parts: readonly AnswerPart[]): readonly PartGroupView[] =>
  order.flatMap((kind) => {
    const items = parts.filter((part) => part.kind === kind).flatMap(partTexts);
    return items.length === 0 ? [] : [{ kind, title: partTitles[kind], items }];
  });
