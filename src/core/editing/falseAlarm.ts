import { editingText } from '../messages/editingText';
import type { PromptOrigin } from '../prompt/model';
import type { RuleCode } from '../prompt/problems';

/** What the form for a false alarm is filled in with: no text of the prompt, no path, no model of somebody's own. */
export interface FalseAlarm {
  readonly code: RuleCode;
  readonly version: string;
  readonly format: PromptOrigin | undefined;
}

/** The address of the issue form (`.github/ISSUE_TEMPLATE/false-alarm.yml`) with its fields filled in. `issues`: where the extension takes its issues. */
export const falseAlarmAddress = (issues: string, { code, version, format }: FalseAlarm): string => {
  const fields = {
    template: 'false-alarm.yml',
    title: editingText.falseAlarm(code),
    rule: code,
    version,
    ...(format === undefined ? {} : { format }),
  };
  const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${issues}/new?${query.join('&')}`;
};
