import type { Door } from '../request/types';

/** A door as the panel and questions name it. */
export const doorText = (door: Door): string => (door === 'Messages' ? 'Messages on bedrock-mantle' : door);

/** What differs where a call went through bedrock-mantle. Sources: AWS user guide, endpoints and model cards, 2026-10; what was not seen may exist. */
export const mantleNote =
  'This call went through bedrock-mantle, in its Region and without an inference profile. There are no invocation logs there, and no cache metrics ' +
  'were seen in CloudWatch: these figures may be the only place where its cache reads show.';
