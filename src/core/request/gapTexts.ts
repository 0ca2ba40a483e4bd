import type { Block, Gap, Message, Prompt, TextBlock } from '../prompt/model';
import { theDocument } from '../text/place';

/** What a person is asked for where a program gives the messages only when it runs. */
const userMessage = 'user message';

const textOf = ({ source, at }: Gap): TextBlock => ({
  kind: 'text',
  span: at,
  segments: [{ kind: 'unknown', source: source ?? userMessage, varies: 'unclear', at: { source: theDocument, span: at } }],
});

const insertAt = (blocks: readonly Block[], gaps: readonly Gap[]): readonly Block[] =>
  gaps.length === 0
    ? blocks
    : [...blocks, undefined].flatMap((block, index) => [
        ...gaps.filter((gap) => gap.index === index).map(textOf),
        ...(block === undefined ? [] : [block]),
      ]);

/** A list of messages that goes on: a turn of the user, where the next one is the user's. Turns that came earlier may be none. */
const withLastTurn = (messages: readonly Message[], gap: Gap | undefined): readonly Message[] =>
  gap === undefined || messages.at(-1)?.role === 'user' ? messages : [...messages, { role: 'user', span: gap.at, content: [textOf(gap)] }];

/**
 * The prompt with a text for each stretch of its lists that cannot be known: it is asked for as the value of a variable is. `undefined` where that
 * cannot be a text, as a tool.
 */
export const withGapTexts = (prompt: Prompt): Prompt | undefined => {
  const { open, system, messages } = prompt;
  if (open === undefined) return prompt;
  const { gaps } = open;
  if (gaps.some(({ field }) => field === 'tools')) return undefined;
  const ofMessages = gaps.filter(({ field }) => field === 'messages');
  const inside = (at: number): readonly Gap[] => ofMessages.filter(({ message }) => message === at);
  return {
    ...prompt,
    open: { ...open, gaps: [] },
    system: insertAt(
      system,
      gaps.filter(({ field }) => field === 'system'),
    ),
    messages: withLastTurn(
      messages.map((message, at) => ({ ...message, content: insertAt(message.content, inside(at)) })),
      ofMessages.find(({ message }) => message === undefined),
    ),
  };
};
