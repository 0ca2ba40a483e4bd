// Stands in for the native module of this name: ends this process when the given one is gone.
// A worker thread does the watching, so that it still works while an extension keeps the main thread busy.
const { Worker } = require('node:worker_threads');

const watch = `
  const { workerData } = require('node:worker_threads');
  setInterval(() => {
    try {
      process.kill(workerData, 0);
    } catch (error) {
      if (error.code === 'ESRCH') process.kill(process.pid, 'SIGKILL');
    }
  }, 1000);`;

exports.start = (processId) => {
  new Worker(watch, { eval: true, workerData: Number(processId), env: {}, execArgv: [] }).unref();
  return true;
};
