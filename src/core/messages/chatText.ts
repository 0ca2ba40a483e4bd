import type { SchemaFault } from '../chat/schemaFaults';
import type { Strategy } from '../chat/simulate';
import type { NumberFormats } from '../figures/numbers';

/** Why a conversation cannot go on from a run. */
export const continueRefusals = {
  noRun: 'There is no answer of this prompt to go on from. Run it first; an answer of an earlier window is kept without what is needed.',
  api: 'Only runs that are sent by Converse can be continued from here.',
  content: 'This answer cannot be sent back from here: it holds blocks that only the service makes, or it was cut off.',
} as const;

export const chatTitles = {
  turn: 'Your next turn',
  turnPrompt: 'Sent after the answer. Leave it empty where tools are answered and nothing is to be said.',
  where: 'Where does the conversation go on?',
} as const;

/** "Result of find (1 of 2)". */
export const resultTitle = (name: string, at: number, of: number): string => `Result of ${name}${of > 1 ? ` (${at} of ${of})` : ''}`;

/** "input.id is missing". */
export const schemaFaultText = (fault: SchemaFault): string => {
  switch (fault.kind) {
    case 'type':
      return `${fault.at} is ${fault.is}, and should be ${fault.types.join(' or ')}`;
    case 'choice':
      return `${fault.at} should be one of ${fault.choices.join(', ')}`;
    case 'missing':
      return `${fault.at} is missing`;
    case 'unknown':
      return `${fault.at} is no member of the schema`;
  }
};

/** What the model asked of a tool, with what of it does not fit the tool's schema. */
export const resultPrompt = (input: string, faults: readonly SchemaFault[]): string =>
  [
    `Called with ${input.length > 300 ? `${input.slice(0, 300)}…` : input}.`,
    ...(faults.length === 0 ? [] : [`It does not fit the schema of the tool: ${faults.slice(0, 3).map(schemaFaultText).join('; ')}.`]),
    'Type what it gave, as text or as JSON.',
  ].join(' ');

/** A result that begins as JSON and is none. */
export const resultNotJson = 'This begins as JSON, and is none. Finish it, or begin with another character to send it as text.';

/** What the next call is likely to read and cost, said once the turn is there. */
export const continuedText = (read: number, usd: number | undefined, formats: NumberFormats): string =>
  `The turn is written. Its run will likely read ${formats.tokens(read)} tokens from the cache${usd === undefined ? '' : ` and cost ${formats.usd(usd)}`}, and the answer on top.`;

/** Where cache points stand in a simulated conversation. */
export const strategyNames: { readonly [S in Strategy]: string } = {
  none: 'No caching',
  system: 'A point after the system text',
  rolling: 'Points after the system text and the newest turn',
  rollingTwo: 'Points after the system text and the newest two turns',
};

/** A turn of a strategy in words. */
export const turnText = (
  turn: number,
  { read, written, input }: { readonly read: number; readonly written: number; readonly input: number },
  usd: number | undefined,
  formats: NumberFormats,
): string =>
  `Turn ${formats.tokens(turn)}: ${formats.tokens(read)} read, ${formats.tokens(written)} written, ${formats.tokens(input)} in full${usd === undefined ? '' : `, ${formats.usd(usd)}`}`;

/** Which strategy costs least. */
export const chatBest = (
  best: Strategy | undefined,
  strategies: readonly { readonly strategy: Strategy; readonly usd: number | undefined }[],
  takesPoints: boolean,
  formats: NumberFormats,
): string => {
  if (!takesPoints) return 'This model takes no cache points, so all of it is paid in full.';
  const usd = strategies.find(({ strategy }) => strategy === best)?.usd;
  const plain = strategies.find(({ strategy }) => strategy === 'none')?.usd;
  if (best === undefined || usd === undefined || plain === undefined) return 'What it costs is not known, as a price is missing.';
  if (best === 'none') return `Caching does not pay here: without it the conversation costs ${formats.usd(plain)}.`;
  return `Least: ${strategyNames[best].replace(/^[AP]/, (letter) => letter.toLowerCase())}, with ${formats.usd(usd)} where no caching costs ${formats.usd(plain)}.`;
};
