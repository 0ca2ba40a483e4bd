import { modelMatrix } from '../../core/advice/matrix';
import { modelOverridesOf } from '../../core/analysis';
import { highlightsOf } from '../../core/cache/highlights';
import { numberFormats } from '../../core/figures/numbers';
import { explainNotes, placeIn } from '../../core/messages/commandLine';
import { modelsView } from '../../core/messages/models';
import { sourceLine } from '../../core/messages/modelHelp';
import { checkpointHover, planDetails } from '../../core/messages/plan';
import { perHour, type Traffic } from '../../core/prompt/traffic';
import { rangeOf } from '../../core/report/problemReport';
import { lineIndex } from '../../core/text/lines';
import { isMistake, type ExitCode } from '../outcome';
import type { Terminal } from '../terminal';
import { cacheMap } from './cacheMap';
import { openPrompt, type OpenPrompt } from './openPrompt';
import { contextOf, reportOf } from './report';
import { table } from './table';

const formats = numberFormats('en');

export interface ExplainOptions {
  /** In place of the prompt's own traffic. */
  readonly callsPerHour: number | undefined;
  readonly models: boolean;
  readonly json: boolean;
}

const modelsText = ({ document, prompt }: OpenPrompt, traffic: Traffic): string => {
  const { settings } = document;
  const rows = modelMatrix(prompt.prompt, {
    traffic: { traffic },
    defaultModelId: settings.defaultModelId,
    profileModels: settings.profileModels,
    overrides: modelOverridesOf(settings).entries,
    staticTexts: settings.staticTexts,
    reach: settings.neverGlobal ? 'geography' : 'anywhere',
    ...(settings.region === '' ? {} : { region: settings.region }),
  });
  const view = modelsView(rows, traffic, formats);
  const lines = view.rows.map((row) => [
    row.current ? '*' : '',
    row.name,
    row.why,
    row.minimum,
    row.ttls,
    row.cold,
    row.warm,
    row.expected,
    row.uncached,
  ]);
  return `${table([explainNotes.modelHeads, ...lines])}\n\n${view.summary}\n`;
};

const explanation = ({ document, prompt }: OpenPrompt, traffic: Traffic, terminal: Terminal): string => {
  const { plan, problems } = prompt;
  const { recorded } = prompt.prompt;
  const lines = document.cells ?? lineIndex(document.text);
  const points = plan.checkpoints.map((checkpoint) => {
    const [title = '', ...facts] = checkpointHover(checkpoint, plan, traffic, formats);
    const rest = plan.model === undefined ? facts : [...facts, sourceLine(plan.model)];
    const { cell, start } = rangeOf(checkpoint.marker.span, lines);
    const place = `${placeIn(document.name, cell)}:${start.line}`;
    return [`${terminal.paint('bold', title)} (${place})`, ...rest.map((line) => `  ${line}`)].join('\n');
  });
  return [
    planDetails(plan, traffic, formats).join('\n'),
    ...(recorded === undefined ? [] : [explainNotes.recorded(recorded, formats)]),
    ...(points.length === 0 ? [explainNotes.noCachePoints] : points),
    cacheMap(document.text, highlightsOf(plan), formats, terminal),
    explainNotes.problems(problems.length, document.name, formats),
  ].join('\n\n');
};

/** Shows what is cached of a prompt, as text or as the report of the prompt. */
export const explainPrompt = async (target: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> => {
  const open = openPrompt(target, terminal);
  if (isMistake(open)) {
    terminal.tell(open.sentence);
    return 2;
  }
  const { document, analysis, prompt } = open;
  const { callsPerHour, models, json } = options;
  const traffic = callsPerHour === undefined ? prompt.input.traffic : perHour(callsPerHour);
  if (json) {
    const report = reportOf(prompt, analysis, contextOf(document, analysis, formats));
    await terminal.print(`${JSON.stringify(report, undefined, 2)}\n`);
  } else if (models) await terminal.print(modelsText(open, traffic));
  else await terminal.print(`${explanation(open, traffic, terminal)}\n`);
  return 0;
};
