import type { ModelEntry } from '../models/types';
import type { NumberFormats } from '../figures/numbers';
import { applyCorrection, correctionFor } from '../tokens/calibration/correction';
import type { Correction } from '../tokens/calibration/correction';
import { observationsOf } from '../tokens/calibration/observations';
import type { Calibration, Observation } from '../tokens/calibration/observations';
import { relativeBand } from '../figures/band';

/** What the report needs to know besides the observations. */
export interface ReportContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A file's name by its hash; `undefined` for files not seen in this session. */
  readonly fileName: (hash: string) => string | undefined;
  /** All that have a name. */
  readonly models: readonly Pick<ModelEntry, 'id' | 'name'>[];
  /** Milliseconds since 1970 as an ISO date. */
  readonly date: (at: number) => string;
  readonly formats: NumberFormats;
}

const changeText = ({ offset, factor }: Correction, formats: NumberFormats): string => {
  const signed = (amount: number, text: string): string => `${amount > 0 ? '+' : '−'}${text}`;
  const added = Math.abs(offset) < 0.5 ? [] : [`${signed(offset, formats.tokens(Math.abs(offset)))} tokens`];
  const scaled = factor === 1 ? [] : [signed(factor - 1, formats.percent(Math.abs(factor - 1)))];
  return [...added, ...scaled].join(', ') || 'none';
};

const sourcesText = (list: readonly Observation[], formats: NumberFormats): string => {
  const counts = list.filter(({ source }) => source === 'countTokens').length;
  const runs = list.length - counts;
  return [
    runs === 0 ? '' : `${formats.tokens(runs)} ${runs === 1 ? 'run' : 'runs'}`,
    counts === 0 ? '' : `${formats.tokens(counts)} CountTokens`,
  ]
    .filter((part) => part !== '')
    .join(', ');
};

/** The figures stand in the middle of what was observed: half of the observations are of larger requests. */
const middleOf = (list: readonly Observation[]): Observation | undefined =>
  [...list].sort((a, b) => a.estimated - b.estimated)[Math.floor(list.length / 2)];

const row = (name: string, list: readonly Observation[], correction: Correction, { formats, date }: ReportContext): string => {
  const middle = middleOf(list);
  const newest = list[0];
  if (middle === undefined || newest === undefined) return '';
  const { estimated: likely, band, counted } = middle;
  const before = { low: likely * (1 - band), likely, high: likely * (1 + band), basis: 'estimated' } as const;
  const after = applyCorrection(before, correction);
  const cells = [
    name,
    sourcesText(list, formats),
    `${formats.tokens(likely)} → ${formats.tokens(counted)}`,
    changeText(correction, formats),
    `± ${formats.percent(band)}`,
    `± ${formats.percent(relativeBand(after))}`,
    date(newest.at),
  ];
  return `| ${cells.join(' | ')} |`;
};

/** File names come from the disk: a bar or a line break must not break the table. */
const cell = (name: string): string => name.replace(/[\r\n]+/g, ' ').replace(/[\\|<>`*_[\]]/g, '\\$&');

const section = (modelId: string, calibration: Calibration, context: ReportContext): readonly string[] => {
  const list = observationsOf(calibration, modelId);
  const files = [...new Set(list.map(({ file }) => file))];
  const correct = (file: string): Correction => {
    const own = list.filter((one) => one.file === file);
    const middle = middleOf(own.length > 0 ? own : list);
    return correctionFor(calibration, modelId, file, context.now, middle);
  };
  const unseen = (file: string): string => `a file not open now (${file.slice(0, 6)})`;
  return [
    `## ${context.models.find(({ id }) => id === modelId)?.name ?? modelId}`,
    '',
    `\`${modelId}\``,
    '',
    '| | learned from | estimated → counted | correction | band before | band after | last |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    row('**other files**', list, correct(''), context),
    ...files.map((file) =>
      row(
        cell(context.fileName(file) ?? unseen(file)),
        list.filter((one) => one.file === file),
        correct(file),
        context,
      ),
    ),
    '',
  ];
};

const about = [
  'Estimates are made offline. Each finished run of a live service and each answer of CountTokens says how far off one was, and corrects the next ones: those of the same file most, those of other files of the same model less. An answer counts half after two weeks. Only numbers and hashes are kept, no text. Runs against the local emulator teach nothing.',
  'The columns with an arrow and with bands are those of the middle-sized request. A correction made by another version of the estimator is not used any more.',
];

/** What was learned, as Markdown: per model and per file the observations, the correction, the band before and after, and the last date. */
export const calibrationReport = (calibration: Calibration, context: ReportContext): string => {
  const models = Object.keys(calibration.models).sort();
  const sections = models.flatMap((modelId) => section(modelId, calibration, context));
  const whenEmpty = [
    'Nothing has been learned yet. Run a prompt against Amazon Bedrock, or use **Bedrock Cachepoint: Count Tokens of Prompt Exactly**.',
    '',
  ];
  return [
    '# Calibration of token estimates',
    '',
    ...about.flatMap((text) => [text, '']),
    ...(models.length === 0 ? whenEmpty : sections),
  ].join('\n');
};
