import type { NumberFormats } from '../core/numbers';
import type { AnalysisStore } from './analysisStore';
import type { PromptDocuments } from './documents';
import type { Log } from './log';
import type { EnginePort } from './ports';
import type { SettingsReader } from './settings';

/** What every editor feature is given. */
export interface FeatureDeps {
  readonly engine: EnginePort;
  readonly store: AnalysisStore;
  readonly documents: PromptDocuments;
  readonly settings: SettingsReader;
  readonly formats: NumberFormats;
  readonly log: Log;
}

/** Changes are gathered for this long before diagnostics and decorations follow them. */
export const typingPauseMs = 150;
