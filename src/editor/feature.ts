import type { NumberFormats } from '../core/figures/numbers';
import type { AccountMemory } from './account/memory';
import type { AnalysisStore } from './documents/analysisStore';
import type { PromptDocuments } from './documents/promptDocuments';
import type { Log } from './workspace/log';
import type { EnginePort } from './ports';
import type { SettingsReader } from './workspace/settings';

/** The analyses of open documents, as features ask for them. */
export type Analyses = Pick<AnalysisStore, keyof AnalysisStore>;

/** What a feature that is used on a gesture is given besides: what accounts have told, and no way to ask them. */
export interface AssistDeps extends FeatureDeps {
  readonly account: Pick<AccountMemory, 'facts' | 'of'>;
}

/** What every editor feature is given. */
export interface FeatureDeps {
  readonly engine: EnginePort;
  readonly store: Analyses;
  readonly documents: PromptDocuments;
  readonly settings: SettingsReader;
  readonly formats: NumberFormats;
  readonly log: Log;
}
