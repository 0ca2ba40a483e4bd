import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { messagesBodies, novaBodies, slipIn } from '../support/bodySlips';
import { agree, verdictsOn, verdictsOnBody } from '../support/serviceVerdicts';
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

  const bodies = [
    ['Messages', 'messages', messagesBodies, 'global.anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['Nova', 'nova', novaBodies, 'us.amazon.nova-pro-v1:0'],
  ] as const;
  for (const [name, format, right, modelId] of bodies) {
    it(`take the right bodies of ${name}`, () => {
      for (const body of right) assert.deepEqual(verdictsOnBody(body, format, modelId), { errors: [], refusal: undefined });
    });

    it(`refuse the same bodies of ${name} with a slip`, () => {
      fc.assert(
        fc.property(slipIn(right), (body) => {
          // Without its version a body is no longer told to be one of Nova's.
          if (format === 'nova' && body['schemaVersion'] === undefined) return;
          const verdicts = verdictsOnBody(body, format, modelId);
          assert.ok(
            agree(verdicts),
            `the editor says ${verdicts.errors.join(', ') || 'nothing'}, the emulator ${verdicts.refusal ?? '200'}`,
          );
        }),
        { numRuns: 300 },
      );
    });
  }
});
