import * as fc from 'fast-check';
import { comparedDay, slippedRequest } from '../support/serviceRequests';
import { agree, verdictsOn } from '../support/serviceVerdicts';

const requests = 20_000;

/** Prints how many generated requests the editor and the emulator judge differently, and the first of them; the goal is none. */
export const benchService = (): Promise<void> => {
  const seed = Math.floor(Math.random() * 1_000_000);
  let refused = 0;
  const apart: string[] = [];
  for (const [request, at] of fc.sample(fc.tuple(slippedRequest, comparedDay), { numRuns: requests, seed })) {
    const verdicts = verdictsOn(request, at);
    if (verdicts.refusal !== undefined) refused += 1;
    if (!agree(verdicts)) apart.push(`${verdicts.refusal ?? verdicts.errors.join(', ')}\n    ${JSON.stringify(request).slice(0, 500)}`);
  }
  console.log(
    `${requests} requests (seed ${seed}): ${requests - refused} answered, ${refused} refused, ${apart.length} judged differently (goal 0)`,
  );
  for (const line of apart.slice(0, 5)) console.log(`  ${line}`);
  return Promise.resolve();
};
