// Unpacks the browser of @sparticuz/chromium. The package can do so itself, but into a fixed folder of the machine, and it
// takes a half-written file for a finished one when two processes start together.
// @ts-check
import { createReadStream, createWriteStream, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { browserRoot, hostModules } from './paths.mjs';

const packageRoot = join(hostModules, '@sparticuz', 'chromium');

/** The browser's program. */
export const browserProgram = join(browserRoot, 'chromium');

/** System libraries for a machine that lacks them (libnss3 and what it needs). */
export const browserLibraries = join(browserRoot, 'al2023', 'lib');

/** Fonts for a machine that has none; there is no fixed-width face among them. */
export const browserFonts = join(browserRoot, 'fonts');

/**
 * Unpacks the browser into the cache: all of it or nothing.
 * @returns {Promise<void>}
 */
export async function unpackBrowser() {
  const fresh = mkdtempSync(`${browserRoot}-`);
  try {
    await Promise.all([
      unpackFile('chromium.br', join(fresh, 'chromium')),
      unpackTar('swiftshader.tar.br', fresh),
      unpackTar('al2023.tar.br', join(fresh, 'al2023')),
      unpackTar('fonts.tar.br', join(fresh, 'fonts')),
    ]);
    rmSync(browserRoot, { recursive: true, force: true });
    renameSync(fresh, browserRoot);
  } finally {
    if (existsSync(fresh)) rmSync(fresh, { recursive: true, force: true });
  }
}

/** @param {string} name */
const open = (name) => createReadStream(join(packageRoot, 'bin', name));

/**
 * @param {string} name
 * @param {string} target
 */
const unpackFile = (name, target) => pipeline(open(name), createBrotliDecompress(), createWriteStream(target, { mode: 0o755 }));

/**
 * @param {string} name
 * @param {string} folder
 */
function unpackTar(name, folder) {
  // A dependency of the browser's package, found from there.
  const tar = createRequire(join(packageRoot, 'package.json'))('tar-fs');
  return pipeline(open(name), createBrotliDecompress(), tar.extract(folder));
}
