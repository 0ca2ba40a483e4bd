import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as yaml from 'yaml';
import { pythonReader } from '../../../../src/core/convert/readers/pythonReader';
import { typescriptReader } from '../../../../src/core/convert/readers/typescriptReader';
import { formats } from '../../../../src/core/formats/index';
import { noFiles } from '../../../../src/core/prompt/files';
import type { Prompt } from '../../../../src/core/prompt/model';
import type { Values } from '../../../../src/core/request/values';
import { missingValues } from '../../../../src/core/request/build';
import { allSources, sentBy, type Source } from '../../../support/conversions';
import { loadTypeScript } from '../../../support/programs';
import { isSound, known } from '../../../support/sentForms';

/** Prompt files that are read as what they are, with everything that they refer to. */
const sources = (): readonly Source[] =>
  allSources().filter(
    ({ analysis }) =>
      isSound(analysis) &&
      analysis.prompt.format === 'bedrock-prompt' &&
      analysis.prompt.problems.length === 0 &&
      analysis.prompt.messages.length > 0,
  );

const fixedBy = ({ header }: Prompt): Values => {
  const declared = new Map(header.variables.map((one) => [one.name, one.fixed ?? one.fallback]));
  return (name) => declared.get(name);
};

/** Values for what has none. */
const givenTo = (prompt: Prompt): Readonly<Record<string, string>> =>
  Object.fromEntries(missingValues(prompt, fixedBy(prompt)).map((name) => [name, `‹${name}›`]));

interface Job {
  readonly source: Source;
  readonly file: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Each prompt file in a folder of its own, with its files beside it. */
const writeAll = (folder: string): readonly Job[] =>
  sources().map((source, at) => {
    const { analysis, files } = source;
    const home = path.join(folder, String(at));
    const write = (name: string, content: string | Uint8Array): void => {
      fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
      fs.writeFileSync(path.join(home, name), content);
    };
    write('prompt.bedrock.md', analysis.text);
    for (const { value } of analysis.prompt.files) {
      const [text, bytes] = [files(value, 'text'), files(value, 'bytes')];
      if (text.kind === 'text') write(value, text.text);
      else if (bytes.kind === 'bytes') write(value, bytes.bytes);
    }
    return { source, file: `${at}/prompt.bedrock.md`, values: givenTo(analysis.prompt) };
  });

const check = ({ source: { name, analysis }, values }: Job, request: object): void => {
  const [entry] = formats['converse-json'].read(JSON.stringify(request), noFiles).prompts;
  assert.ok(entry !== undefined);
  const fixed = fixedBy(analysis.prompt);
  const own = sentBy(analysis.prompt, (one) => fixed(one) ?? values[one]);
  assert.deepEqual(known(sentBy(entry.read(), () => undefined)), known(own), name);
};

describe('the code that reads a prompt file', () => {
  let folder = '';
  let jobs: readonly Job[] = [];
  before(() => {
    folder = fs.mkdtempSync(path.join(tmpdir(), 'cachepoint-'));
    jobs = writeAll(folder);
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  it('makes the same requests in TypeScript', () => {
    const { run } = loadTypeScript(typescriptReader, { 'node:fs': fs, 'node:path': path, yaml });
    const load = run as unknown as (file: string, values: Job['values']) => object;
    for (const job of jobs) check(job, JSON.parse(JSON.stringify(load(path.join(folder, job.file), job.values))) as object);
    assert.ok(jobs.length > 100, `${jobs.length} files`);
  }).timeout(60_000);

  it('makes the same requests in Python', function () {
    if (spawnSync('python3', ['-c', 'import yaml']).status !== 0) {
      console.log('      left out: there is no python3 with PyYAML on this machine');
      return this.skip();
    }
    fs.writeFileSync(path.join(folder, 'bedrock_prompt.py'), pythonReader);
    const script = [
      'import base64, json, sys, yaml',
      'from bedrock_prompt import load_prompt',
      'as_json = lambda value: base64.b64encode(value).decode()',
      'def load(one):',
      '    try:',
      '        return load_prompt(one["file"], **one["values"])',
      '    except yaml.YAMLError:', // a question mark before a comma, which PyYAML does not take
      '        return None',
      'print(json.dumps([load(one) for one in json.load(sys.stdin)], default=as_json))',
    ].join('\n');
    const input = JSON.stringify(jobs.map(({ file, values }) => ({ file, values })));
    const { status, stdout, stderr } = spawnSync('python3', ['-c', script], {
      cwd: folder,
      input,
      encoding: 'utf8',
      maxBuffer: 100_000_000,
      env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    });
    assert.equal(status, 0, stderr);
    const requests = JSON.parse(stdout) as readonly (object | null)[];
    const read = jobs.flatMap((job, at) => (requests[at] ? [{ job, request: requests[at] }] : []));
    for (const { job, request } of read) check(job, request);
    assert.ok(read.length > 60, `${read.length} of ${jobs.length}`);
  }).timeout(60_000);
});
