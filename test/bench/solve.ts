import { perHour } from '../../src/core/prompt/traffic';
import { modelMatrix } from '../../src/core/advice/matrix';
import { optimizePlacement } from '../../src/core/advice/solve';
import { filler, readPrompt, type ReadPrompt } from '../unit/core/cache/prompts';

const rounds = 15;
const limitsMs = { solver: 50, matrix: 300 };

/** A conversation of this many wire blocks, markers not counted, with four markers that could stand better. */
const conversation = (blocks: number, tokensEach: number): ReadPrompt => {
  const roles = ['user', 'assistant'] as const;
  const turns = Array.from({ length: blocks - 1 }, (_, at) => {
    const who = at === Math.floor(blocks / 2) ? 'For {{tenant}}. ' : at === blocks - 2 ? '{{question}} ' : '';
    const marker = at % Math.ceil(blocks / 4) === 3 ? '\n<!-- cachePoint -->' : '';
    return `# ${roles[at % 2]}:\n${at}: ${who}${filler(tokensEach)}${marker}\n`;
  });
  const variables = 'variables:\n  tenant: { example: Acme, varies: session }\n  question: { example: Where?, varies: request }\n';
  return readPrompt(
    'talk.bedrock.md',
    `---\nmodelId: us.anthropic.claude-sonnet-4-6\n${variables}---\n# system:\n${filler(2000)}\n\n${turns.join('\n')}`,
  );
};

interface Spread {
  readonly median: number;
  readonly worst: number;
}

const measure = (work: () => unknown): Spread => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    work();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { median: times[rounds >> 1] ?? Number.NaN, worst: times.at(-1) ?? Number.NaN };
};

const line = (name: string, { median, worst }: Spread, limit: number): void =>
  console.log(
    `  ${name.padEnd(46)} median ${median.toFixed(1).padStart(7)} ms   worst ${worst.toFixed(1).padStart(7)} ms   limit ${limit} ms   ${median <= limit ? 'ok' : 'OVER'}`,
  );

/** Prints how long the placement solver and the model matrix take. */
export const benchSolve = (): Promise<void> => {
  const talk = conversation(200, 60);
  const solve = ({ prompt, plan }: ReadPrompt) => optimizePlacement({ prompt, plan }, { traffic: perHour(60) });
  console.log('placement solver and model matrix');
  line(
    `optimize, ${talk.plan.blocks.length} blocks of ${(talk.text.length / 1000).toFixed(0)} kB`,
    measure(() => solve(talk)),
    limitsMs.solver,
  );
  const large = conversation(2000, 60);
  line(
    `optimize, ${large.plan.blocks.length} blocks of ${(large.text.length / 1000).toFixed(0)} kB`,
    measure(() => solve(large)),
    limitsMs.solver,
  );
  const prompt = conversation(60, 190);
  const matrix = () => modelMatrix(prompt.prompt, { traffic: { traffic: perHour(60) } });
  const first = performance.now();
  const rows = matrix().length;
  console.log(`  matrix, first time: ${(performance.now() - first).toFixed(0)} ms`);
  line(`matrix, ${rows} models, ${(prompt.text.length / 1000).toFixed(0)} kB`, measure(matrix), limitsMs.matrix);
  return Promise.resolve();
};
