// Builds dist/: the extension in two bundles (the SDK apart, so that activation never parses it), the emulator, the command line and the panel's
// script.
// Flags: --dev (source maps, readable output), --watch (the same, again on every change).
// A full build also writes THIRD-PARTY-NOTICES.txt and dist/sbom.cdx.json, with exactly the packages that ended up in a bundle.
// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

/**
 * The parts of the extension and of the command line, each by the module that its bundle begins with: `--version` loads the first alone.
 * @type {Readonly<Record<string, string>>}
 */
const bundleByEntry = {
  'src/extension': './extension.js',
  'src/bedrock': './aws.js',
  'src/editor/assist': './assist.js',
  'src/editor/promptsPart': './prompts.js',
  'src/editor/runsPart': './runs.js',
  'src/rows': './rows.js',
  'src/history': './history.js',
  'src/core/code': './code.js',
  'src/core/engine': './engine.js',
  'src/core/conversion': './convert.js',
  'src/cli/check': './cli-check.js',
  'src/cli/engine': './cli-engine.js',
  'src/emulator/main': './emulator.js',
};

/**
 * The name of a module from the root, without its ending.
 * @param {string} folder
 * @param {string} path
 */
const moduleAt = (folder, path) => relative(root, resolve(folder, path)).replaceAll('\\', '/');

/**
 * `import('./bedrock')` and `require('./core/engine')` become a `require` of a bundle of their own, made when the call is reached.
 * @type {esbuild.Plugin}
 */
const laterBundles = {
  name: 'later-bundles',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      if (kind !== 'dynamic-import' && kind !== 'require-call') return undefined;
      const bundle = bundleByEntry[moduleAt(resolveDir, path).replace(/\/index$/, '')];
      return bundle === undefined ? undefined : { path: bundle, external: true };
    });
  },
};

/**
 * Parsers of Lezer say which of their nodes have which color. Nobody paints here.
 * @type {esbuild.Plugin}
 */
const withoutColors = {
  name: 'without-colors',
  setup(build) {
    build.onResolve({ filter: /^@lezer\/highlight$/ }, ({ path }) => ({ path, namespace: 'colors' }));
    build.onLoad({ filter: /./, namespace: 'colors' }, () => ({
      // A set of properties of nodes without any; tags are functions of each other.
      contents: `import { NodeProp } from '@lezer/common';
const tag = new Proxy(() => tag, { get: () => tag });
export const tags = tag;
const none = new NodeProp();
export const styleTags = () => none.add(() => undefined);`,
      resolveDir: root,
    }));
  },
};

/**
 * What all programming languages are read with is in one bundle, and in it alone: `src/core/code/reading`.
 * @type {esbuild.Plugin}
 */
const readerOnce = {
  name: 'reader-once',
  setup(build) {
    const bundle = { path: './code-reader.js', external: true };
    build.onResolve({ filter: /^@lezer\/(?:common|lr)$/ }, () => bundle);
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) =>
      /^src\/core\/code\/(?:reader|remember)$/.test(moduleAt(resolveDir, path)) ? bundle : undefined,
    );
  },
};

/**
 * Every file of the editor imports `vscode`. One module between lets a bundle require it once, not once for each of them.
 * @type {esbuild.Plugin}
 */
const vscodeOnce = {
  name: 'vscode-once',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ path, namespace }) =>
      namespace === 'vscode-once' ? { path, external: true } : { path, namespace: 'vscode-once' },
    );
    build.onLoad({ filter: /./, namespace: 'vscode-once' }, () => ({ contents: "export * from 'vscode';" }));
  },
};

/**
 * What VS Code wakes is as small as can be: the names of `vscode` that it uses are constants of its own, and its one export is written as CommonJS has
 * it, so that none of the helpers is there that copy modules.
 * @type {esbuild.Plugin}
 */
const woken = {
  name: 'woken',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path, external: true } : { path, namespace: 'woken' },
    );
    build.onLoad({ filter: /./, namespace: 'woken' }, () => ({
      contents: `export const { commands, languages, window, workspace, Disposable, Uri } = require('vscode');`,
    }));
    build.onLoad({ filter: /[\\/]src[\\/]main\.ts$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8').replace('export const activate', 'const activate')}\nmodule.exports = { activate };`,
      loader: 'ts',
    }));
  },
};

/** @type {esbuild.BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: !dev,
  sourcemap: dev,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // The ES module builds of the SDK are a third smaller than its CommonJS ones, and load in half the time.
  mainFields: ['module', 'main'],
};

/** @type {esbuild.BuildOptions} */
const inHost = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  supported: { 'dynamic-import': false },
  // Words of many languages stand in the code; escaped they would take twice the room.
  charset: 'utf8',
};

/** The Node entry of `yaml` is CommonJS, which cannot be shaken; the browser entry is the same parser as ES modules. */
const yamlAsModules = join(root, 'node_modules', 'yaml', 'browser', 'dist', 'index.js');

/** Parts of `yaml` that write, make values of nodes, or read other schemas than the core one. Its classes name them, and parsing never gets there. */
const neverReached =
  /[\\/]yaml[\\/]browser[\\/]dist[\\/](?:stringify[\\/].*|schema[\\/](?:yaml-1\.1|json)[\\/].*|doc[\\/](?:anchors|applyReviver|createNode)|nodes[\\/](?:addPairToJSMap|toJS)|parse[\\/](?:cst-visit|line-counter)|visit)\.js$/;

/**
 * Puts one function that throws in the place of everything that those parts export: a quarter of the package.
 * @type {esbuild.Plugin}
 */
const yamlReaderOnly = {
  name: 'yaml-reader-only',
  setup(build) {
    build.onLoad({ filter: neverReached }, ({ path }) => {
      const names = [...readFileSync(path, 'utf8').matchAll(/^export \{ (.*) \};$/gm)].flatMap(([, list = '']) => list.split(', '));
      const contents = `import { leftOut } from 'left-out'; export { ${names.map((name) => `leftOut as ${name}`).join(', ')} };`;
      return { contents, resolveDir: root };
    });
    build.onResolve({ filter: /^left-out$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /./, namespace: 'left-out' }, () => ({
      contents: "export function leftOut() { throw new Error('this part of yaml is not in the bundle'); }",
    }));
  },
};

/**
 * Where a refusal was read stands in its row, and where a rule is known from in its file, for those who read and check the code. Nothing that runs asks
 * for it.
 * @type {esbuild.Plugin}
 */
const withoutSources = {
  name: 'without-sources',
  setup(build) {
    build.onLoad({ filter: /[\\/]core[\\/]service[\\/]\w+Refusals\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/\bsource:\s*(?:'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"),?/g, ''),
      loader: 'ts',
    }));
    build.onLoad({ filter: /[\\/]core[\\/]rules[\\/]\w+[\\/]\w+\.ts$/ }, ({ path }) => ({
      // The table has its code.
      contents: readFileSync(path, 'utf8').replace(/^ {2}(?:sources: \[(?:.*|\n[^]*?\n {2})\]|code: '.*'),$/gm, ''),
      loader: 'ts',
    }));
  },
};

/**
 * What is worked out of the tables of languages is worked out here: a bundle has its values in the place of the module.
 * @type {esbuild.Plugin}
 */
const tablesAsValues = {
  name: 'tables-as-values',
  setup(build) {
    build.onLoad({ filter: /[\\/]core[\\/]varies[\\/]tables\.ts$/ }, async ({ path }) => {
      const { outputFiles, metafile } = await esbuild.build({
        absWorkingDir: root,
        entryPoints: [path],
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: 'node',
      });
      const module = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? '').toString('base64')}`);
      return {
        contents: Object.entries(module)
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
          .join('\n'),
        watchFiles: Object.keys(metafile.inputs).map((file) => join(root, file)),
      };
    });
  },
};

/** What makes the analysis as small as what it reads of its packages and tables. */
const lean = { alias: { yaml: yamlAsModules }, plugins: [yamlReaderOnly, withoutSources, tablesAsValues] };

/**
 * The parts of core that few files need, each by the module that is its only way in, whose exports are functions.
 * @type {Readonly<Record<string, string>>}
 */
const partsByModule = {
  'src/core/code/python/read': './code-python.js',
  'src/core/code/typescript/read': './code-typescript.js',
  'src/core/code/evaluate/data': './code-data.js',
  'src/core/text/yamlTree': './yaml.js',
  'src/core/formats/addSample': './panel.js',
  'src/core/formats/invokeWriter': './bodies.js',
  'src/core/formats/stored/readStored': './stored.js',
  'src/core/messages/blockHover': './texts.js',
  'src/core/messages/calibration': './panel.js',
  'src/core/messages/calibrationReport': './panel.js',
  'src/core/messages/codeProblems': './texts.js',
  'src/core/messages/consent': './panel.js',
  'src/core/messages/diagnosticsText': './panel.js',
  'src/core/messages/failures': './panel.js',
  'src/core/messages/impactText': './texts.js',
  'src/core/messages/modelHelp': './texts.js',
  'src/core/messages/models': './panel.js',
  'src/core/messages/overrides': './texts.js',
  'src/core/messages/placement': './texts.js',
  'src/core/messages/refusals': './texts.js',
  'src/core/messages/requestText': './texts.js',
  'src/core/messages/runLog': './panel.js',
  'src/core/models/overrideFields': './texts.js',
  'src/core/money/paid': './panel.js',
  'src/core/panel/forecastView': './panel.js',
  'src/core/request/makeCold': './panel.js',
  'src/core/traffic/planned': './panel.js',
  'src/core/rules/fixAll': './panel.js',
  'src/core/rules/invokeFaults': './bodies.js',
  'src/core/rules/schemaFault': './bodies.js',
  'src/core/tokens/beyondWeights': './weights-beyond.js',
  'src/core/tokens/oldWeights': './weights-old.js',
  'src/core/tokens/publicWeights': './weights.js',
  'src/core/tokens/files/office': './files.js',
  'src/core/tokens/files/pdfText': './files.js',
};

/** @param {string} part */
const exportedFunctions = (part) =>
  [...readFileSync(join(root, `${part}.ts`), 'utf8').matchAll(/^export const (\w+) = (?:<.+>)?\(/gm)].map(([, name = '']) => name);

/**
 * A function of such a part loads its bundle when it is called first; in that bundle itself it is there.
 * @type {esbuild.Plugin}
 */
const laterParts = {
  name: 'later-parts',
  setup(build) {
    const own = build.initialOptions.outfile?.replace('dist/', './');
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const part = moduleAt(resolveDir, path);
      return part in partsByModule && partsByModule[part] !== own ? { path: part, namespace: 'later-part' } : undefined;
    });
    build.onLoad({ filter: /./, namespace: 'later-part' }, ({ path }) => ({
      contents: [
        `let part; const load = () => (part ??= require('${partsByModule[path]}'));`,
        ...exportedFunctions(path).map((name) => `export const ${name} = (...values) => load().${name}(...values);`),
      ].join('\n'),
    }));
    build.onResolve({ filter: /./, namespace: 'later-part' }, ({ path }) => ({ path, external: true }));
  },
};

/**
 * The reader of Markdown can also look for addresses in plain text, which the page never asks of it.
 * @type {esbuild.Plugin}
 */
const withoutLinkify = {
  name: 'without-linkify',
  setup(build) {
    build.onResolve({ filter: /^linkify-it$/ }, ({ path }) => ({ path, namespace: 'linkify' }));
    build.onLoad({ filter: /./, namespace: 'linkify' }, () => ({ contents: 'export class LinkifyIt {}' }));
  },
};

/** @type {esbuild.BuildOptions} */
const commandLine = {
  ...inHost,
  target: 'node20',
  plugins: [laterBundles],
  define: { CACHEPOINT_BUILD: JSON.stringify(buildId()) },
};

/** @type {readonly esbuild.BuildOptions[]} */
const bundles = [
  {
    ...inHost,
    entryPoints: ['src/main.ts'],
    outfile: 'dist/main.js',
    plugins: [woken, laterBundles],
  },
  {
    ...inHost,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    plugins: [vscodeOnce, laterBundles],
  },
  {
    ...inHost,
    entryPoints: ['src/editor/assist.ts'],
    outfile: 'dist/assist.js',
    plugins: [vscodeOnce, laterBundles],
  },
  {
    ...inHost,
    entryPoints: ['src/editor/runsPart.ts'],
    outfile: 'dist/runs.js',
    plugins: [vscodeOnce, laterBundles],
  },
  {
    ...inHost,
    entryPoints: ['src/editor/promptsPart.ts'],
    outfile: 'dist/prompts.js',
    plugins: [vscodeOnce],
  },
  { ...inHost, entryPoints: ['src/history.ts'], outfile: 'dist/history.js', plugins: [vscodeOnce] },
  { ...inHost, entryPoints: ['src/rows.ts'], outfile: 'dist/rows.js', plugins: [vscodeOnce, laterBundles] },
  {
    ...inHost,
    entryPoints: ['src/core/engine.ts'],
    outfile: 'dist/engine.js',
    ...lean,
    plugins: [laterParts, ...lean.plugins],
  },
  { ...inHost, target: 'node20', entryPoints: ['src/core/text/yamlTree.ts'], outfile: 'dist/yaml.js', ...lean },
  { ...inHost, target: 'node20', entryPoints: ['src/core/panel/index.ts'], outfile: 'dist/panel.js' },
  { ...inHost, target: 'node20', entryPoints: ['src/core/messages/index.ts'], outfile: 'dist/texts.js' },
  { ...inHost, target: 'node20', entryPoints: ['src/core/tokens/publicWeights.ts'], outfile: 'dist/weights.js' },
  { ...inHost, target: 'node20', entryPoints: ['src/core/tokens/oldWeights.ts'], outfile: 'dist/weights-old.js' },
  { ...inHost, target: 'node20', entryPoints: ['src/core/tokens/beyondWeights.ts'], outfile: 'dist/weights-beyond.js' },
  { ...inHost, target: 'node20', entryPoints: ['src/core/tokens/files/index.ts'], outfile: 'dist/files.js' },
  { ...inHost, target: 'node20', entryPoints: ['src/core/rules/bodies.ts'], outfile: 'dist/bodies.js', plugins: [laterParts] },
  {
    ...inHost,
    target: 'node20',
    entryPoints: ['src/core/formats/stored/readStored.ts'],
    outfile: 'dist/stored.js',
    ...lean,
    plugins: [laterParts, ...lean.plugins],
  },
  // Parsers of programming languages are read with the first file that may hold a prompt, by the editor and by the command line.
  { ...inHost, target: 'node20', entryPoints: ['src/core/code/index.ts'], outfile: 'dist/code.js', plugins: [laterParts] },
  ...['python', 'typescript'].map((one) => ({
    ...inHost,
    target: 'node20',
    entryPoints: [`src/core/code/${one}/read.ts`],
    outfile: `dist/code-${one}.js`,
    plugins: [withoutColors, readerOnce],
  })),
  { ...inHost, target: 'node20', entryPoints: ['src/core/code/reading.ts'], outfile: 'dist/code-reader.js' },
  // What a program reads out of data: few do.
  {
    ...inHost,
    target: 'node20',
    entryPoints: ['src/core/code/evaluate/data.ts'],
    outfile: 'dist/code-data.js',
    plugins: [laterParts],
  },
  // Conversions to other forms are read with the first that somebody asks for, by both as well.
  {
    ...inHost,
    target: 'node20',
    entryPoints: ['src/core/conversion.ts'],
    outfile: 'dist/convert.js',
    ...lean,
    plugins: [laterParts, ...lean.plugins],
  },
  // A thread of its own, which reads engine and readers of code from their bundles.
  { ...inHost, entryPoints: ['src/indexer/main.ts'], outfile: 'dist/indexer.js', plugins: [laterBundles] },
  { ...inHost, entryPoints: ['src/bedrock.ts'], outfile: 'dist/aws.js' },
  // The emulator is also started outside VS Code, on the oldest Node that the scripts accept.
  { ...inHost, target: 'node20', entryPoints: ['src/emulator/main.ts'], outfile: 'dist/emulator.js', plugins: [withoutSources] },
  { ...commandLine, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  { ...commandLine, entryPoints: ['src/cli/check.ts'], outfile: 'dist/cli-check.js' },
  {
    ...commandLine,
    entryPoints: ['src/cli/engine/index.ts'],
    outfile: 'dist/cli-engine.js',
    ...lean,
    plugins: [laterBundles, laterParts, ...lean.plugins],
  },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    entryPoints: ['src/view/main.ts'],
    outfile: 'dist/view.js',
    plugins: [withoutLinkify],
  },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    entryPoints: ['src/view/rows/main.ts'],
    outfile: 'dist/rowsView.js',
  },
];

/** Changes with any source file, so that results kept by one build are not those of another. */
function buildId() {
  const hash = createHash('sha1');
  const folder = join(root, 'src');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (file.endsWith('.ts')) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('base64url').slice(0, 12);
}

/**
 * The folders of the packages that a build took code from, relative to the root.
 * @param {readonly esbuild.Metafile[]} metafiles
 * @returns {readonly string[]}
 */
function bundledPackages(metafiles) {
  const used = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const folders = used.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/**
 * The notice of one package: its name, version and license, and the texts that its license wants passed on.
 * @param {string} folder
 * @returns {{ readonly title: string, readonly text: string }}
 */
function readNotice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const files = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice|copying)(\.|$)/i.test(file));
  const texts = files.sort().map((file) =>
    readFileSync(join(root, folder, file), 'utf8')
      .replaceAll('\r\n', '\n')
      .trim(),
  );
  return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') || `License: ${license}` };
}

/**
 * The whole notices file; packages with the same texts stand together.
 * @param {readonly string[]} folders
 * @returns {string}
 */
function noticesText(folders) {
  /** @type {Map<string, string[]>} */
  const titlesByText = new Map();
  for (const folder of folders) {
    const { title, text } = readNotice(folder);
    titlesByText.set(text, [...(titlesByText.get(text) ?? []), title]);
  }
  const rule = '-'.repeat(80);
  const intro = 'Cachepoint contains code of the packages named below. Each group of names is followed by its license and notices.';
  return [intro, ...[...titlesByText].map(([text, titles]) => `${rule}\n${titles.join('\n')}\n\n${text}`), ''].join('\n\n');
}

/**
 * A component of the list of what is bundled, as CycloneDX writes one.
 * @param {string} folder
 */
function readComponent(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const licenses = /[ (]/.test(license) ? [{ expression: license }] : [{ license: { id: license } }];
  return { type: 'library', 'bom-ref': purl, name, version, purl, licenses };
}

/**
 * What is bundled, in CycloneDX's form: made from what the bundler read, not from what is installed, and the same for the same code.
 * @param {readonly string[]} folders
 * @returns {string}
 */
function bomText(folders) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const ref = `pkg:npm/${name}@${version}`;
  const components = folders.map(readComponent).filter((one, at, all) => all.findIndex(({ purl }) => purl === one.purl) === at);
  const own = { type: 'application', 'bom-ref': ref, name, version, purl: ref, licenses: [{ license: { id: license } }] };
  const dependencies = [{ ref, dependsOn: components.map(({ purl }) => purl) }];
  const bom = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: own }, components, dependencies };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

/**
 * @param {readonly esbuild.BuildOptions[]} options
 * @returns {Promise<void>}
 */
async function buildOnce(options) {
  const started = performance.now();
  const results = await Promise.all(options.map((bundle) => esbuild.build(bundle)));
  const metafiles = results.flatMap(({ metafile }) => metafile ?? []);
  for (const { outfile } of options) {
    if (outfile === undefined) continue;
    const size = statSync(join(root, outfile)).size;
    const zipped = gzipSync(readFileSync(join(root, outfile))).length;
    console.log(`${outfile.padEnd(20)} ${kilobytes(size)} ${kilobytes(zipped)} gzip`);
  }
  const inputs = Object.assign({}, ...metafiles.map((metafile) => metafile.inputs));
  const outputs = Object.assign({}, ...metafiles.map((metafile) => metafile.outputs));
  writeFileSync(join(root, 'dist', 'meta.json'), JSON.stringify({ inputs, outputs }));
  if (!dev) {
    const folders = bundledPackages(metafiles);
    writeFileSync(join(root, 'THIRD-PARTY-NOTICES.txt'), noticesText(folders));
    writeFileSync(join(root, 'dist', 'sbom.cdx.json'), bomText(folders));
    console.log(`THIRD-PARTY-NOTICES.txt, dist/sbom.cdx.json: ${folders.length} packages`);
  }
  console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

/** @param {readonly esbuild.BuildOptions[]} options */
async function watchAll(options) {
  console.log('building');
  const contexts = await Promise.all(options.map((bundle) => esbuild.context({ ...bundle, logLevel: 'error' })));
  await Promise.all(contexts.map((context) => context.rebuild()));
  for (const context of contexts) await context.watch();
  // The line that `.vscode/tasks.json` waits for: F5 starts nothing before all bundles are there.
  console.log('watching for changes');
}

/** @param {esbuild.BuildOptions} bundle */
const entryOf = (bundle) => (Array.isArray(bundle.entryPoints) ? String(bundle.entryPoints[0]) : '');

const present = bundles.filter((bundle) => existsSync(join(root, entryOf(bundle))));
for (const bundle of bundles) if (!present.includes(bundle)) console.log(`${entryOf(bundle)} does not exist, skipped`);
mkdirSync(join(root, 'dist'), { recursive: true });
try {
  await (watch ? watchAll(present) : buildOnce(present));
} catch (error) {
  // esbuild has printed what is wrong, with the place.
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1;
}
