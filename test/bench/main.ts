import { parseArgs } from 'node:util';
import { benchAgainst } from './against';
import { benchActivation } from './activation';
import { benchBundles } from './bundles';
import { benchCode } from './code';
import { benchCommandLine } from './commandLine';
import { benchFirstDelta } from './firstDelta';
import { benchGrowth } from './growth';
import { benchLongStream } from './longStream';
import { benchHistory } from './history';
import { benchMemory } from './memory';
import { benchPage } from './page';
import { benchParse } from './parse';
import { benchRows } from './rows';
import { benchPipeline } from './pipeline';
import { benchService } from './service';
import { benchSolve } from './solve';
import { benchTokens } from './tokens';
import { benchVolatile } from './volatile';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    without: { type: 'string' },
    folds: { type: 'string' },
    fits: { type: 'string' },
    rows: { type: 'string' },
    only: { type: 'string', multiple: true },
    against: { type: 'string' },
  },
});

/**
 * Every part of the bench by its name: `--only NAME` runs one, `--rows PART` of `growth` the rows in whose name it stands, `--data DIR` points the
 * estimator's table at a folder of counted texts, `--without 1/2` at a fold of them, `--folds 8` at all, by
 * weights fitted anew without the fold that each is in (kept in the folder `--fits`). `--against REF` compares with another commit instead.
 */
const parts: Readonly<Record<string, () => Promise<void>>> = {
  bundles: benchBundles,
  activation: benchActivation,
  parse: benchParse,
  pipeline: benchPipeline,
  memory: benchMemory,
  growth: () => benchGrowth(values.rows),
  solve: benchSolve,
  service: benchService,
  volatile: benchVolatile,
  history: benchHistory,
  rows: benchRows,
  firstDelta: benchFirstDelta,
  longStream: benchLongStream,
  code: benchCode,
  page: benchPage,
  commandLine: benchCommandLine,
  tokens: () => benchTokens(values),
};

const main = async (): Promise<void> => {
  if (values.against !== undefined) return benchAgainst(values.against);
  for (const [name, run] of Object.entries(parts)) {
    if (values.only !== undefined && !values.only.includes(name)) continue;
    console.log(`\n## ${name}`);
    await run();
  }
};

void main();
