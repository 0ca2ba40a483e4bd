import { analyze, type PromptAnalysis } from '../../src/core/analysis';
import { formats } from '../../src/core/formats/index';
import type { FileSource } from '../../src/core/prompt/files';
import type { FormatId, Prompt } from '../../src/core/prompt/model';
import type { Settings } from '../../src/core/settings';
import type { CalibrationContext } from '../../src/core/tokens/calibrate';

export const theOne = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Error('this document is not one prompt');
  return found;
};

/** The prompt of a document that holds one. */
export const parseOnly = (text: string, format: FormatId, files: FileSource): Prompt => {
  const { prompts } = formats[format].read(text, files);
  return theOne(prompts.length === 1 ? prompts[0] : undefined).read();
};

/** The analysis of the prompt of a document that holds one. */
export const analyzeOnly = (
  text: string,
  format: FormatId,
  files: FileSource,
  settings: Settings,
  calibration?: CalibrationContext,
): PromptAnalysis => {
  const { reading, prompts } = analyze(text, format, files, settings, { calibrationOf: () => calibration });
  return theOne(reading.prompts.length === 1 ? prompts[0] : undefined);
};
