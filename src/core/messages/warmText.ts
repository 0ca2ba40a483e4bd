import type { WarmClock } from '../change/warmClock';
import type { NumberFormats } from '../figures/numbers';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A duration as a clock has it: "4:12", "1:02:09". */
export const clockText = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours === 0 ? minutes : `${hours}:${twoDigits(minutes)}`}:${twoDigits(seconds % 60)}`;
};

/** `keeping`: calls that will keep it warm. "warm 4:12 · next ≈ $0.0030 (cold $0.021)", "warm 0:42, ends soon · …", "cold · next ≈ $0.021". */
export const warmText = (clock: WarmClock, keeping: number | undefined, formats: NumberFormats): string => {
  const money = (usd: number | undefined): string => (usd === undefined ? '' : ` · next ≈ ${formats.usd(usd)}`);
  if (clock.kind === 'cold') return `cold${money(clock.cold)}`;
  const { leftMs, isEnding, next, cold } = clock;
  const against = cold === undefined || next === undefined ? '' : ` (cold ${formats.usd(cold)})`;
  const kept = keeping === undefined ? '' : ` · kept warm, ${formats.tokens(keeping)} ${keeping === 1 ? 'call' : 'calls'} left`;
  return `warm ${clockText(leftMs)}${isEnding && keeping === undefined ? ', ends soon' : ''}${money(next)}${against}${kept}`;
};

/** What the word rests on, for a tooltip. */
export const warmDetails = (clock: WarmClock, isSimulated: boolean): string =>
  [
    clock.kind === 'warm'
      ? 'Likely warm: a call from this machine wrote or read this prefix, and its lifetime has not passed. The service may have dropped it all the same.'
      : 'Likely cold: the lifetime of what calls wrote has passed. The next call writes it again.',
    'It counts for this model, place and identity, and for the text as it stands now.',
    ...(isSimulated ? ['Answers and cache are those of the local emulator.'] : []),
  ].join('\n');

/** Why a prompt cannot be kept warm from here. */
export const keepWarmRefusals = {
  notWarm: 'Nothing of this prompt is warm. Run it first; then it can be kept warm.',
  body: 'Only prompts that are sent by Converse can be kept warm from here.',
  thinking: 'A prompt with thinking cannot be kept warm from here: its answer cannot be cut to one token.',
} as const;

/** One way of keeping warm, before it is agreed to: "For 30 minutes: 7 calls, about $0.021". */
export const keepWarmChoice = (minutes: number, calls: number, usd: number | undefined, formats: NumberFormats): string =>
  `For ${formats.tokens(minutes)} minutes: ${formats.tokens(calls)} ${calls === 1 ? 'call' : 'calls'}${usd === undefined ? ', at a price that is not known' : `, about ${formats.usd(usd)}`}`;

/** Why keeping warm came to its end, and what its calls are called where runs are listed. */
export const keptWarmText = {
  row: 'to keep it warm',
  done: (calls: number, usd: number | undefined, formats: NumberFormats): string =>
    `The prompt was kept warm by ${formats.tokens(calls)} ${calls === 1 ? 'call' : 'calls'}${usd === undefined ? '' : ` for ${formats.usd(usd)}`}.`,
  failed: 'The prompt is not kept warm any more: a call failed.',
  missed: 'The prompt is not kept warm any more: the last call read nothing from the cache.',
  changed: 'The prompt is not kept warm any more: it has changed, so what is warm is not its own.',
} as const;
