import { simulateChat } from '../../core/chat/simulate';
import { numberFormats } from '../../core/figures/numbers';
import { chatBest, strategyNames } from '../../core/messages/chatText';
import { simulateNotes, usage } from '../../core/messages/commandLine';
import { chatFields, chatFieldNames, type ChatField, type ChatInput } from '../../core/panel/chatProtocol';
import { chatStart } from '../../core/panel/chatStart';
import { simulationReport } from '../../core/report/simulationReport';
import { oneOf, readWords } from '../arguments';
import { nameOf } from '../files/find';
import { readWithin } from '../numbers';
import { isMistake, mistake, type ExitCode, type Mistake } from '../outcome';
import type { Terminal } from '../terminal';
import { openPrompt } from './openPrompt';
import { table } from './table';

/** Each figure of the conversation has an option. */
const optionOf: { readonly [F in ChatField]: string } = {
  turns: 'turns',
  toolRounds: 'tool-calls',
  system: 'system',
  userTokens: 'user',
  answerTokens: 'answer',
  callTokens: 'call',
  resultTokens: 'result',
  pauseSeconds: 'pause',
  stepSeconds: 'step',
};

const words = { type: 'string' } as const;
const options = {
  ...{
    turns: words,
    'tool-calls': words,
    system: words,
    user: words,
    answer: words,
    call: words,
    result: words,
    pause: words,
    step: words,
  },
  ttl: words,
  json: { type: 'boolean' },
} as const;

type Given = Readonly<Record<string, unknown>>;

/** The figures of the prompt, with those in their place that were given. */
const inputFrom = (start: ChatInput, given: Given, ttls: readonly string[]): ChatInput | Mistake => {
  const figures: Partial<Record<ChatField, number>> = {};
  for (const name of chatFieldNames) {
    const text = given[optionOf[name]];
    if (typeof text !== 'string') continue;
    const { min, max } = chatFields[name];
    const figure = readWithin(`--${optionOf[name]}`, text, min, max);
    if (isMistake(figure)) return figure;
    figures[name] = figure;
  }
  const { ttl } = given;
  const lifetime = typeof ttl === 'string' ? oneOf('--ttl', ttls, ttl) : start.ttl;
  return isMistake(lifetime) ? lifetime : { ...start, ...figures, ttl: lifetime };
};

/** `cachepoint simulate`: a conversation in figures, by four places for cache points. */
export const simulate = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const fail = ({ sentence }: Mistake): ExitCode => {
    terminal.tell(sentence);
    return 2;
  };
  const given = readWords('simulate', args, options);
  if (isMistake(given)) return fail(given);
  const [target, ...others] = given.positionals;
  if (target === undefined || others.length > 0) return fail(mistake(usage.oneFile('simulate')));
  const open = openPrompt(target, terminal);
  if (isMistake(open)) return fail(open);
  const { plan } = open.prompt;
  const { caching, prices } = plan;
  const takesPoints = caching?.kind === 'explicit';
  const { input: start, opening } = chatStart(open.prompt);
  const input = inputFrom(start, given.values, takesPoints ? caching.ttls : [start.ttl]);
  if (isMistake(input)) return fail(input);
  const { pauseSeconds, stepSeconds, ...sizes } = input;
  const played = simulateChat({ ...sizes, opening, pauseMs: pauseSeconds * 1000, stepMs: stepSeconds * 1000 }, { caching, prices });
  if (given.values.json === true) {
    const about = { path: nameOf(open.path, terminal.cwd), model: plan.modelId, input };
    await terminal.print(`${JSON.stringify(simulationReport(about, played), undefined, 2)}\n`);
    return 0;
  }
  const formats = numberFormats('en');
  const { strategies, best } = played;
  const plain = strategies.find(({ strategy }) => strategy === 'none')?.usd;
  const money = formats.usdColumn(strategies.map(({ usd }) => usd));
  const rows = strategies.map(({ strategy, read, written, usd }) => [
    strategyNames[strategy],
    formats.tokens(read),
    formats.tokens(written),
    money.usd(usd),
    formats.percent(usd === undefined || plain === undefined || plain === 0 ? undefined : 1 - usd / plain),
  ]);
  const calls = strategies[0]?.calls.length ?? 0;
  await terminal.print(
    `${simulateNotes.about(plan.model?.name ?? plan.modelId, input, calls, formats)}\n\n${table([simulateNotes.heads, ...rows])}\n\n${chatBest(best, strategies, takesPoints, formats)}\n`,
  );
  return 0;
};
