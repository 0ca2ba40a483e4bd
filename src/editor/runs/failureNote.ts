import { serviceSays } from '../../core/messages/failureText';
import type { RunFailure } from '../../core/runs/failure';
import type { Target } from '../../core/runs/port';
import type { FeatureDeps } from '../feature';

const longestDetail = 300;

const serviceSaid = (detail: string): readonly string[] =>
  detail === '' ? [] : [serviceSays(detail.length > longestDetail ? `${detail.slice(0, longestDetail)}…` : detail)];

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Why something was refused, for a notification: it has no details to read below it. */
export const failureNote = (
  failure: RunFailure,
  { service }: Target,
  { engine, formats }: Pick<FeatureDeps, 'engine' | 'formats'>,
): string => {
  const { title, text, steps } = engine().describeFailure(failure, { service, formats, answered: false });
  const [step] = steps;
  const next = step === undefined || /\bbelow\b/.test(step) ? serviceSaid(failure.detail) : [step];
  return [title, text, ...next].map(sentence).join(' ');
};
