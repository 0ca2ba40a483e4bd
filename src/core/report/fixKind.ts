import type { Fix } from '../rules/types';
import type { FixKind } from './types';

/** How far a fix goes. One that does not say so may change anything. */
export const fixKindOf = (fix: Fix & { readonly kind?: FixKind }): FixKind => fix.kind ?? 'changes';
