// The headless browser that shows the workbench.
// @ts-check
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { hostRoot } from './paths.mjs';
import { browserFonts, browserLibraries, browserProgram } from './unpackBrowser.mjs';

/** @import { Browser } from 'playwright-core' */

// The browser talks to loopback only: every other name fails to resolve, and its own background services are off.
const offline = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--no-pings',
];
const plain = ['--disable-default-apps', '--disable-dev-shm-usage', '--no-default-browser-check', '--no-first-run'];
// Drawing without a graphics card, and without a sandbox because test machines often run as root.
const drawing = ['--no-sandbox', '--disable-gpu', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--font-render-hinting=none'];

/**
 * Starts the browser; the caller closes it. `CACHEPOINT_TEST_BROWSER` names another Chromium to use.
 * @returns {Promise<Browser>}
 */
export function launchBrowser() {
  const { chromium } = createRequire(join(hostRoot, 'package.json'))('playwright-core');
  const other = process.env['CACHEPOINT_TEST_BROWSER'];
  const env = { ...process.env };
  if (other === undefined) {
    env['LD_LIBRARY_PATH'] = browserLibraries;
    if (!existsSync('/usr/share/fonts')) env['FONTCONFIG_PATH'] = browserFonts;
  }
  // Signals are left to the caller, who has more to end than the browser.
  return chromium.launch({
    executablePath: other ?? browserProgram,
    args: [...offline, ...plain, ...drawing],
    env,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
