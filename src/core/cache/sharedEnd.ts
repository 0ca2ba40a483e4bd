import type { CachePlan } from './plan';

/** Where the part that every call shares ends. Without anything declared as varying, the last user message is taken to be the question. */
export const sharedEnd = ({ blocks }: Pick<CachePlan, 'blocks'>): number => {
  const varying = blocks.findIndex(({ varies }) => varies !== 'never');
  if (varying !== -1) return varying;
  const last = blocks.at(-1)?.place;
  if (last?.field !== 'messages') return blocks.length;
  const question = blocks.findIndex(({ place }) => place.field === 'messages' && place.message === last.message);
  return question > 0 ? question : blocks.length;
};
