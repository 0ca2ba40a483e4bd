import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { agree, verdictsOn } from '../support/serviceVerdicts';
import { comparedDay, slippedRequest } from '../support/serviceRequests';

describe('the editor and the emulator', function () {
  this.timeout(300_000);

  it('refuse the same requests, right ones and ones with up to three slips', () => {
    fc.assert(
      fc.property(slippedRequest, comparedDay, (request, at) => {
        const verdicts = verdictsOn(request, at);
        assert.ok(agree(verdicts), `the editor says ${verdicts.errors.join(', ') || 'nothing'}, the emulator ${verdicts.refusal ?? '200'}`);
      }),
      { numRuns: 2000 },
    );
  });
});
