import { parentPort } from 'node:worker_threads';
import type * as code from '../core/code';
import type * as engine from '../core/engine';
import type { FromIndexer, ToIndexer } from '../core/indexProtocol';
import { createWorkspaceIndex } from './workspaceIndex';

/*
 * A thread beside the editor that reads the prompts of a workspace: what takes long here keeps nobody from typing.
 */

const port = parentPort;
if (port !== null) {
  const tell = (message: FromIndexer): void => port.postMessage(message);
  const fail = (error: unknown): void =>
    tell({ kind: 'failed', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  const readers = {
    engine: require('../core/engine') as typeof engine, // the bundles of exactly these modules
    code: () => require('../core/code') as typeof code,
  };
  const index = createWorkspaceIndex(readers, tell, () => performance.now());
  port.on('message', (message: ToIndexer) => {
    Promise.resolve(message)
      .then((one) => index.receive(one))
      .catch(fail);
  });
}
