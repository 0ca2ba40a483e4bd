import type { NumberFormats } from '../core/figures/numbers';
import type { AnalysisStore } from './documents/analysisStore';
import type { PromptDocuments } from './documents/promptDocuments';
import type { Log } from './workspace/log';
import type { EnginePort } from './ports';
import type { SettingsReader } from './workspace/settings';

/** The analyses of open documents, as features ask for them. */
export type Analyses = Pick<AnalysisStore, keyof AnalysisStore>;

/** What every editor feature is given. */
export interface FeatureDeps {
  readonly engine: EnginePort;
  readonly store: Analyses;
  readonly documents: PromptDocuments;
  readonly settings: SettingsReader;
  readonly formats: NumberFormats;
  readonly log: Log;
}
