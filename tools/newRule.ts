// `npm run new:rule cache/example`: the three places of a new rule, with everything that is made of them. A failing test says what is still to be written.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generate } from './generate';
import { ruleFiles } from './ruleTable';
import { faultOfCode, scaffoldRule, withSection } from './scaffoldRule';

const root = join(import.meta.dirname, '..');

const main = async (code: string): Promise<void> => {
  const fault = faultOfCode(
    code,
    ruleFiles(root).map((file) => file.code),
  );
  if (fault !== undefined) {
    console.error(fault);
    process.exitCode = 1;
    return;
  }
  const { files, section } = scaffoldRule(code);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`${path} written`);
  }
  const page = join(root, 'docs', 'rules.md');
  writeFileSync(page, withSection(readFileSync(page, 'utf8').replaceAll('\r\n', '\n'), code, section));
  await generate();
  console.log(
    `\nWrite the rule, its fixtures and its section. What is still to do:\n  npx mocha --import=tsx test/unit/core/rules/rules.test.ts --grep ${code.replace('/', '.')}`,
  );
  console.log('At the end: npm run generate, npm run report:changes');
};

void main(process.argv[2] ?? '');
