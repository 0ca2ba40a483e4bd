import type { Doubt } from '../models/doubts';

const sentences: { readonly [D in Doubt]: string } = {
  govCloud: 'No saving is promised in GovCloud: cache points were accepted there, and repeated prompts read nothing.',
  losesEntries:
    'No saving is promised on this model: over cross-Region profiles what a call wrote was gone a minute later in some recorded conversations.',
  router: 'No saving is promised behind a prompt router: it may choose another model for each call, and a cache belongs to one model.',
  splits:
    'This model also caches by itself: what it reads may end before or after the cache point, and only the sum of reads and writes is steady.',
  crossRegion: 'Under load more calls may write the prefix instead of reading it, as this profile can send calls to different Regions.',
};

/** What stands beside a price where the service is known to be fickle. */
export const describeDoubt = (doubt: Doubt): string => sentences[doubt];
