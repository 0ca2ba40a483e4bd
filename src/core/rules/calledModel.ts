import { calledBy, type Called } from '../service/called';
import { levelOf, type Level, type RefusalId } from '../service/refusals';
import type { RuleInput } from './types';

/** The model that is called. */
export const calledModel = ({ plan: { resolution } }: RuleInput): Called | undefined => calledBy(resolution);

/** How sure it is that the model refuses what a row describes. */
export const levelFor = (refusal: RefusalId, { id, isKnown }: Called): Level => levelOf(refusal, id, isKnown);
