// Draws the panel's page in a browser, without VS Code, and takes screenshots to look at. Needs the test host's packages.
// Usage: node test/unit/view/harness/shoot.mjs [--out folder] [--themes dark,light] [--widths 400,1000] [--scenes pair,welcome]
// @ts-check
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { launchBrowser } from '../../../host/browser.mjs';
import { themes } from './themes.mjs';

const here = import.meta.dirname;
const root = join(here, '..', '..', '..', '..');
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'out', 'view-harness') },
    themes: { type: 'string', default: Object.keys(themes).join() },
    widths: { type: 'string', default: '400,720,1300' },
    scenes: { type: 'string' },
  },
});

/**
 * @param {string} entry
 * @param {esbuild.BuildOptions} options
 */
async function bundle(entry, options) {
  const { outputFiles } = await esbuild.build({ entryPoints: [entry], bundle: true, write: false, ...options });
  return outputFiles[0]?.text ?? '';
}

const script = await bundle(join(root, 'src', 'view', 'main.ts'), { format: 'iife', target: 'chrome128' });
// The Node entry of `yaml` is CommonJS, which asks for modules as it goes.
const yaml = join(root, 'node_modules', 'yaml', 'browser', 'dist', 'index.js');
const sceneModule = await bundle(join(here, 'scenes.ts'), { format: 'esm', platform: 'node', alias: { yaml } });
const { scenes } = await import(`data:text/javascript;base64,${Buffer.from(sceneModule).toString('base64')}`);
const css = readFileSync(join(root, 'media', 'view.css'), 'utf8');

/** The page under the same policy as in the editor: a style or script that slips in shows as an error. */
function html(/** @type {string} */ name) {
  const theme = themes[name];
  const variables = Object.entries(theme?.variables ?? {}).map(([key, value]) => `--vscode-${key}: ${value};`);
  const policy = "default-src 'none'; style-src 'nonce-harness'; script-src 'nonce-harness'";
  const fakeApi =
    'window.posted = []; window.acquireVsCodeApi = () => ({ postMessage: (m) => posted.push(m), setState() {}, getState() {} });';
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="harness">html { ${variables.join(' ')} } ${css}</style></head><body class="${theme?.classes}">
<script nonce="harness">${fakeApi}</script><script nonce="harness">${script}</script></body></html>`;
}

mkdirSync(values.out, { recursive: true });
const browser = await launchBrowser();
try {
  for (const theme of values.themes.split(',')) {
    for (const width of values.widths.split(',').map(Number)) {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      page.on('console', (message) => console.log(`${theme} ${width}: ${message.text()}`));
      page.on('pageerror', (error) => console.log(`${theme} ${width}: ${error.message}`));
      for (const scene of values.scenes?.split(',') ?? Object.keys(scenes)) {
        await page.setContent(html(theme));
        await page.evaluate((state) => window.postMessage({ type: 'state', state }, '*'), scenes[scene]);
        await page.waitForFunction(() => document.querySelector('h1')?.textContent !== '');
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wider > 0) console.log(`${theme} ${width}: ${scene} is ${wider} px too wide`);
        const sideways = await page.evaluate(() =>
          [...document.querySelectorAll('body *')]
            .filter((one) => one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
            .map((one) => `${one.tagName.toLowerCase()}.${one.className} by ${one.scrollWidth - one.clientWidth} px`),
        );
        if (sideways.length > 0) console.log(`${theme} ${width}: ${scene} scrolls sideways: ${sideways.join(', ')}`);
        await page.screenshot({ path: join(values.out, `${scene}-${theme}-${width}.png`), fullPage: true });
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
}
