import { blockDifference, settingDifferences } from '../history/difference';
import { fieldOfList, type BlockPrint, type Fingerprint } from '../history/fingerprint';
import type { StoredRun } from '../history/stored';
import { unknownFigure, type NumberFormats } from '../figures/numbers';
import { countTokensOf, hitRateOf } from '../tokens/usage';
import { blockName } from './whyMissed';

/** Nothing of a name may end a cell, begin markup or a line. */
const cell = (text: string): string => text.replace(/[\\`*_{}[\]<>|#!&~]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ');

interface Figure {
  readonly name: string;
  readonly of: (run: StoredRun, formats: NumberFormats) => string;
}

const tokens =
  (kind: 'read' | 'written' | 'input' | 'output' | 'prompt'): Figure['of'] =>
  ({ usage }, formats) =>
    formats.tokens(usage && countTokensOf(usage)[kind]);

const figures: readonly Figure[] = [
  { name: 'Prompt', of: ({ file, row }) => cell(row === undefined ? file : `${file} · ${row}`) },
  { name: 'Model', of: ({ modelName, modelId }) => cell(`${modelName} (${modelId})`) },
  { name: 'Place', of: ({ service, region, endpoint }) => cell([service, region ?? endpoint].filter(Boolean).join(', ')) },
  { name: 'State', of: ({ state, stopReason, failure }) => cell(failure?.code ?? stopReason ?? state) },
  { name: 'Cache read', of: tokens('read') },
  { name: 'Cache write', of: tokens('written') },
  { name: 'Uncached', of: tokens('input') },
  { name: 'All input', of: tokens('prompt') },
  { name: 'Output', of: tokens('output') },
  { name: 'Cache hit rate', of: ({ usage }, formats) => formats.percent(usage && hitRateOf(countTokensOf(usage))) },
  { name: 'Cost', of: ({ usd }, formats) => (usd === undefined ? unknownFigure : formats.usdBand(usd.low, usd.high)) },
  { name: 'First token', of: ({ firstDeltaMs }, formats) => formats.duration(firstDeltaMs) },
  { name: 'Total time', of: ({ totalMs }, formats) => formats.duration(totalMs) },
  {
    name: 'Cache points',
    of: ({ sent }, formats) => cell(sent.points.map(({ after, ttl }) => `after ${formats.tokens(after)} (${ttl})`).join(', ')),
  },
];

/** Blocks listed of two requests; more are counted. */
const mostListed = 40;

const lengthText = (block: BlockPrint | undefined, formats: NumberFormats): string =>
  block === undefined ? 'none' : `${formats.tokens(block[2])} characters`;

const blockRows = (a: Fingerprint, b: Fingerprint, formats: NumberFormats): readonly string[] => {
  const rows: string[] = [];
  const counts = new Map<string, number>();
  for (let at = 0; at < Math.max(a.blocks.length, b.blocks.length); at += 1) {
    const [one, other] = [a.blocks[at], b.blocks[at]];
    const list = (one ?? other)?.[0] ?? '';
    const index = counts.get(list) ?? 0;
    counts.set(list, index + 1);
    if (one !== undefined && other !== undefined && one[0] === other[0] && one[1] === other[1]) continue;
    const message = /^m(\d+)/.exec(list)?.[1];
    const name = blockName({ field: fieldOfList(list), index, ...(message === undefined ? {} : { message: Number(message) }) });
    rows.push(`| ${name} | ${lengthText(one, formats)} | ${lengthText(other, formats)} |`);
  }
  return rows.length <= mostListed ? rows : [...rows.slice(0, mostListed), `| and ${formats.tokens(rows.length - mostListed)} more | | |`];
};

/** What differs between the requests, from hashes alone. */
const differences = (a: StoredRun, b: StoredRun, formats: NumberFormats): readonly string[] => {
  if (a.key !== b.key) return ['The requests cannot be compared: their hashes were made with different keys.'];
  const settings = settingDifferences(a.sent, b.sent, 'messages').map(({ name }) => name);
  const first = blockDifference(a.sent, b.sent);
  const sentences = [
    a.sent.model === b.sent.model ? '' : 'The models differ, and each has a cache of its own.',
    settings.length === 0 ? '' : `Settings that differ: ${[...new Set(settings)].join(', ')}.`,
    first === undefined ? 'All blocks are the same.' : `The first block that differs: ${blockName(first.at)}.`,
  ].filter((sentence) => sentence !== '');
  const rows = blockRows(a.sent, b.sent, formats);
  return rows.length === 0 ? sentences : [sentences.join(' '), '', '| block | first run | second run |', '| --- | --- | --- |', ...rows];
};

/** When a run began, and its part of a pair: the two of them may begin within a second. */
const headOf = ({ startedAt, pair }: StoredRun, when: (at: number) => string): string =>
  cell(pair === undefined ? when(startedAt) : `${when(startedAt)} · ${pair.part}`);

/** Two runs as one page of Markdown: figures in one table, then what differs between their requests. */
export const comparisonText = (a: StoredRun, b: StoredRun, formats: NumberFormats, when: (at: number) => string): string =>
  [
    '# Two Runs Compared',
    '',
    `| | ${headOf(a, when)} | ${headOf(b, when)} |`,
    '| --- | --- | --- |',
    ...figures.map(({ name, of }) => `| ${name} | ${of(a, formats)} | ${of(b, formats)} |`),
    '',
    '## What differs in the requests',
    '',
    ...differences(a, b, formats),
    '',
  ].join('\n');
