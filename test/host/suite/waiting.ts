const pauseMs = 50;
const limitMs = 10_000;

/** Asks until the answer is not undefined; rejects after ten seconds, naming what was waited for. */
export async function waitFor<T>(what: string, ask: () => T | undefined | Thenable<T | undefined>): Promise<T> {
  for (const limit = Date.now() + limitMs; Date.now() < limit;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error(`Waited in vain for ${what}`);
}
