import { Worker } from 'node:worker_threads';
import { messageStart, messageStop, metadata, textDelta } from '../wire/aws/support/rawBedrock';

/** A service in a thread of its own, so that its work is not taken for that of whoever calls it: it reads a request and answers with ready bytes. */
const program = `
const { createServer } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');
const bytes = Buffer.from(workerData);
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': 'bench' });
    let at = 0;
    const go = () => {
      while (at < bytes.length) {
        const more = response.write(bytes.subarray(at, at += 16384));
        if (!more) return void response.once('drain', go);
      }
      response.end();
    };
    go();
  });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

export interface LocalService {
  readonly url: string;
  close(): Promise<unknown>;
}

/** Answers every call with so many pieces of text. */
export const startLocalService = async (deltas: number, piece = 'word '): Promise<LocalService> => {
  const delta = textDelta(piece);
  const bytes = Buffer.concat([messageStart, ...Array.from({ length: deltas }, () => delta), messageStop, metadata()]);
  const worker = new Worker(program, { eval: true, workerData: bytes });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return { url: `http://127.0.0.1:${port}`, close: () => worker.terminate() };
};
