// `npm run new:model anthropic.claude-example-1`: an entry of the catalog, with everything that is made of it. A failing test says what is to be read.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalog } from '../src/core/models/catalog';
import { faultOfId, scaffoldModel } from './scaffoldModel';

const root = join(import.meta.dirname, '..');

const main = (id: string): void => {
  const fault = faultOfId(
    id,
    catalog.map((entry) => entry.id),
  );
  if (fault !== undefined) {
    console.error(fault);
    process.exitCode = 1;
    return;
  }
  const { path, text } = scaffoldModel(id, (file) => readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n'));
  writeFileSync(join(root, path), text);
  console.log(`${path} has an entry for ${id}. Fill it in; sources are keys of src/core/models/sources.ts, with a date each.`);
  if (path.endsWith('uncached.ts')) console.log('If it caches by itself, it belongs into src/core/models/otherCaching.ts.');
  const grep = id.replaceAll(/[^a-z0-9]/g, '.');
  console.log(`\nWhat is still to do:\n  npx mocha --import=tsx test/unit/core/models/catalog.test.ts --grep ${grep}`);
  console.log('At the end: npm run generate, npm run report:changes');
};

main(process.argv[2] ?? '');
