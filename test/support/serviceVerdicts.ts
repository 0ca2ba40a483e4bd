import { analyze } from '../../src/core/analysis';
import { noFiles } from '../../src/core/prompt/files';
import { defaultSettings } from '../../src/core/settings';
import type { JsonObject } from '../../src/core/text/json';
import { runOperation } from '../../src/emulator/operation';
import { createState } from '../../src/emulator/state';

/** What the editor and the emulator make of one request. */

/** The day on which the halves are compared: what a date decides must not change with the day of a test. */
export const comparedAt = Date.parse('2026-11-28T12:00:00Z');

const state = createState({ speed: 0, now: () => comparedAt });

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export interface Verdicts {
  /** Codes of the errors that the editor shows. */
  readonly errors: readonly string[];
  /** The emulator's refusal; undefined when it answers 200. */
  readonly refusal: string | undefined;
}

/** Both judge the request on the same day. */
export const verdictsOn = (request: JsonObject, at: number = comparedAt): Verdicts => {
  const { modelId, ...body } = request;
  const { problems } = analyze(JSON.stringify(request, undefined, 1), 'converse-json', noFiles, defaultSettings, { today: dayOf(at) });
  const outcome = runOperation('converse', String(modelId), Buffer.from(JSON.stringify(body)), at, state);
  return {
    errors: problems.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    refusal: outcome.kind === 'error' ? outcome.error.message : undefined,
  };
};

/** The same of a body of InvokeModel, sent to a model. */
export const verdictsOnBody = (body: JsonObject, format: 'messages' | 'nova', modelId: string): Verdicts => {
  const settings = { ...defaultSettings, defaultModelId: modelId };
  const { problems } = analyze(JSON.stringify(body, undefined, 1), format, noFiles, settings, { today: dayOf(comparedAt) });
  const outcome = runOperation('invoke', modelId, Buffer.from(JSON.stringify(body)), comparedAt, state);
  return {
    errors: problems.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    refusal: outcome.kind === 'error' ? outcome.error.message : undefined,
  };
};

export const agree = ({ errors, refusal }: Verdicts): boolean => errors.length > 0 === (refusal !== undefined);
