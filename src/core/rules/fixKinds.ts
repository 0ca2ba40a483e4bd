import type { FixKind } from './types';

/** Kinds of fixes, from the most harmless on. */
export const allKinds: readonly FixKind[] = ['safe', 'moves', 'changes'];
