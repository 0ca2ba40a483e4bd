import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The panel's page in a real browser: how soon it stands, how long its frames are while an answer streams, what it keeps. */
export const benchPage = (): Promise<void> => {
  if (!existsSync(join(__dirname, '..', '..', 'dist', 'view.js'))) {
    console.log('not built: npm run build');
    return Promise.resolve();
  }
  execFileSync(process.execPath, [join(__dirname, 'pageInBrowser.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
  return Promise.resolve();
};
