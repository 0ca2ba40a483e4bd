import type { FormatId } from '../../src/core/prompt/model';
import { drawBy } from './draw';

/** Prompts as people leave them: sound ones, half typed ones, and broken ones. */

export interface DrawnDocument {
  readonly format: FormatId;
  readonly text: string;
}

type Draw = () => number;

const pick = <T>(draw: Draw, list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T; // never empty
const chance = (draw: Draw, share: number): boolean => draw() < share;
const many = <T>(draw: Draw, most: number, make: () => T): readonly T[] => Array.from({ length: Math.floor(draw() * (most + 1)) }, make);

const models = [
  'us.anthropic.claude-opus-5',
  'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  'us.anthropic.claude-3-7-sonnet-20250219-v1:0',
  'us.amazon.nova-pro-v1:0',
  'global.anthropic.claude-haiku-5-5',
  'us.meta.llama3-3-70b-instruct-v1:0',
  'claude',
];

const rules = (draw: Draw): string => {
  const begin = Math.floor(draw() * 1000);
  const count = pick(draw, [3, 3, 40, 90]);
  return Array.from({ length: count }, (_, at) => `Rule ${begin + at}: a parcel that is late is told of at once.\n`).join('');
};

const varying = [
  'Current time: 2026-10-02 17:45',
  'Today is 2 October 2026.',
  'Session id: 5f0c1a52-7d1e-4b7a-9c41-0d5b6a7e8f11',
  'For {{customer}}:',
  'Now: {current_time}',
];
const names = ['customer', 'cutsomer', 'question', 'tone', 'z'];

const textPart = (draw: Draw): string =>
  pick(draw, [
    rules,
    rules,
    () => `${pick(draw, varying)}\n`,
    () => `${pick(draw, varying)}\n\n`,
    () => `- one\n- ${pick(draw, varying)}\n  more\n- three\n`,
    () => `| a | b |\n| - | - |\n| x | {{${pick(draw, names)}}} |\n| y | 2 |\n`,
    () => `> ${pick(draw, varying)}\n> quoted\n`,
    () => `\`\`\`\n${pick(draw, varying)}\n\`\`\`\n`,
    () => `{{${pick(draw, names)}}} and {{${pick(draw, names)}}}\n`,
    () => `Ends in a space \npassword: h8Kd02mQz7LpX4\n`,
    () => '```js\nlet open = 1;\n',
    () => '\n\n',
  ])(draw);

const markers = [
  '<!-- cachePoint -->\n',
  '<!-- cachePoint -->\n',
  '<!-- cachePoint ttl=1h -->\n',
  '<!-- cachepoint -->\n',
  '<<CACHEPOINT>>\n',
  'Be brief. <!-- cachePoint --> Be exact.\n',
  '<!-- cachePoint -->\n<!-- cachePoint -->\n',
];

const frontMatter = (draw: Draw): string => {
  const lines = [
    `modelId: ${pick(draw, models)}\n`,
    ...many(draw, 2, () =>
      pick(draw, [
        'inferenceConfig: { maxTokens: 400, topK: 40 }\n',
        'inferenceConfig:\n  maxtokens: 400\n',
        'traffic: { callsPerHour: 2 }\n',
        'nmae: a\n',
        'performanceConfig: { latency: optimized }\n',
        'modelId: twice\n',
        'broken: [a\n',
      ]),
    ),
    chance(draw, 0.6)
      ? `variables:\n${['customer: { example: Ann }', 'question: { example: Where?, varies: session }', 'tone: { value: calm }']
          .filter(() => chance(draw, 0.6))
          .map((line) => `  ${line}\n`)
          .join('')}`
      : '',
  ];
  return `---\n${lines.join('')}${chance(draw, 0.95) ? '---\n' : ''}`;
};

const section = (draw: Draw, role: string): string => {
  const parts = many(draw, 4, () => (chance(draw, 0.3) ? pick(draw, markers) : textPart(draw)));
  return `# ${role}:\n${parts.join('')}${chance(draw, 0.4) ? pick(draw, markers) : ''}\n`;
};

const promptFile = (draw: Draw): string => {
  const turns = many(draw, 3, () => `${section(draw, 'user')}${section(draw, 'assistant')}`).join('');
  const text = `${frontMatter(draw)}${section(draw, 'system')}${turns}${section(draw, 'user')}`;
  return chance(draw, 0.2) ? text.replaceAll('\n', '\r\n') : text;
};

const jsonBlock = (draw: Draw): unknown =>
  pick(draw, [
    () => ({ text: textPart(draw) }),
    () => ({ text: textPart(draw) }),
    () => ({ cachePoint: { type: 'default' } }),
    () => ({ cachePoint: { type: 'default', ttl: pick(draw, ['1h', '5m', '10m']) } }),
    () => ({ text: rules(draw), cache_control: { type: 'ephemeral' } }),
    () => ({ text: '' }),
    () => ({ toolResult: { toolUseId: 't1', content: [{ text: 'x' }, { cachePoint: { type: 'default' } }] } }),
  ])();

const request = (draw: Draw): string => {
  const content = (): unknown => many(draw, 4, () => jsonBlock(draw));
  const value = {
    modelId: pick(draw, models),
    ...(chance(draw, 0.3) ? { inferenceConfig: { maxTokens: 400, [pick(draw, ['topK', 'topp', 'temperature'])]: 1 } } : {}),
    system: content(),
    messages: many(draw, 4, () => ({ role: pick(draw, ['user', 'user', 'assistant']), content: content() })),
  };
  return JSON.stringify(value, undefined, pick(draw, [0, 2, '\t']));
};

/** One slip of the pen: something is left out, or something too much. */
const slipped = (draw: Draw, text: string): string => {
  const at = Math.floor(draw() * text.length);
  return text.slice(0, at) + pick(draw, ['', '', '"', '}', '\n', '{{', '```\n', '---\n']) + text.slice(at + Math.floor(draw() * 4));
};

/** The same document for the same number. */
export const drawnDocument = (seed: number): DrawnDocument => {
  const draw = drawBy(seed);
  const format: FormatId = chance(draw, 0.6) ? 'bedrock-prompt' : 'converse-json';
  const sound = format === 'bedrock-prompt' ? promptFile(draw) : request(draw);
  const text = chance(draw, 0.3) ? slipped(draw, sound) : sound;
  return { format, text: chance(draw, 0.05) ? `\uFEFF${text}` : text };
};
