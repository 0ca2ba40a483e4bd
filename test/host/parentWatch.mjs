// Preloaded into a child process: ends it, and the process group it leads, once the process that started it is gone.
// This also holds when that one was killed and could not clean up.
// @ts-check
const checkEveryMs = 1000;
const parent = process.ppid;

setInterval(() => {
  if (process.ppid === parent) return;
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.exit(1);
  }
}, checkEveryMs).unref();
