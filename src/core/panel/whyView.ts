import type { NumberFormats } from '../figures/numbers';
import { whyLabels, type WhyAction } from '../messages/whyActions';
import { whyText } from '../messages/whyMissed';
import { blockIn, type RunWhy } from '../runs/explanation';
import type { RunRecord } from '../runs/record';
import type { WhyView } from './whyTypes';

const actionsOf = (why: RunWhy): readonly WhyAction[] => {
  const { explanation } = why;
  if (explanation.against === undefined) return why.fix === undefined ? [] : ['fix'];
  return [
    why.hasTexts ? 'showDifference' : 'keepTexts',
    ...(blockIn(explanation) !== undefined ? (['goToLine'] as const) : []),
    ...(why.fix === undefined ? [] : (['fix'] as const)),
  ];
};

/** A miss that cost something is bad; a first write, or a part that could not be read, is how caching works. */
const toneOf = ({ explanation: { outcome } }: RunWhy): WhyView['tone'] =>
  outcome === 'miss' ? 'bad' : outcome === 'hit' ? 'good' : 'neutral';

/** What the card says of why a run did or did not read the cache. */
export const whyView = ({ why, startedAt }: RunRecord, formats: NumberFormats): WhyView | undefined => {
  const text = why && whyText(why, startedAt, formats);
  if (why === undefined || text === undefined) return undefined;
  const labelOf = (action: WhyAction): string => (action === 'fix' ? (why.fix ?? '') : whyLabels[action]);
  return { ...text, tone: toneOf(why), actions: actionsOf(why).map((action) => ({ action, label: labelOf(action) })) };
};
