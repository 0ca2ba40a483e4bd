import { isRecord } from '../../core/text/json';
import { refKey, type PromptRef } from '../promptRef';
import type { StoredDeps } from './ask';

/** Which stored prompt a local one was opened from or saved to. */
export interface StoredLink {
  readonly id: string;
  readonly name: string;
  readonly variant: string;
  /** When the draft was last known to be changed, in milliseconds since 1970. */
  readonly updatedAt: number;
}

const linksKey = 'cachepoint.storedPrompts';

/** More are forgotten, those made first. */
const most = 200;

const linksIn = ({ state }: Pick<StoredDeps, 'state'>): Readonly<Record<string, unknown>> => {
  const kept = state.get<unknown>(linksKey);
  return isRecord(kept) ? kept : {};
};

const isLink = (value: unknown): value is StoredLink =>
  isRecord(value) && ['id', 'name', 'variant'].every((name) => typeof value[name] === 'string') && typeof value['updatedAt'] === 'number';

export const linkOf = (ref: PromptRef, deps: Pick<StoredDeps, 'state'>): StoredLink | undefined => {
  const link = linksIn(deps)[refKey(ref)];
  return isLink(link) ? link : undefined;
};

export const keepLink = async (ref: PromptRef, link: StoredLink, deps: Pick<StoredDeps, 'state'>): Promise<void> => {
  const others = Object.entries(linksIn(deps)).filter(([key]) => key !== refKey(ref));
  await deps.state.update(linksKey, Object.fromEntries([...others, [refKey(ref), link]].slice(-most)));
};
