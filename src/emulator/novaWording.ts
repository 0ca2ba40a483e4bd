import { converseWording } from './converseWording';
import { chunkOf } from './messagesWording';
import { invocationMetrics, novaUsage } from './usage';
import type { WireEvent, Wording } from './wording';
import { atOnce } from './wording';

const asChunk = (event: WireEvent): WireEvent => ({ ...event, type: 'chunk', body: chunkOf({ [event.type]: event.body }) });

/** Nova's own body on InvokeModel: Converse's events, each as the only member of a chunk. */
export const novaWording: Wording = {
  whole: (finished, latency) => {
    const { output, stopReason } = { output: null, stopReason: null, ...converseWording.whole(finished, latency) };
    return { output, stopReason, usage: novaUsage(finished.cache, finished.answer.outputTokens) };
  },
  events: (finished) => converseWording.events(finished).map(asChunk),
  closing: ({ answer, cache }, latency) => [
    asChunk(atOnce('messageStop', { stopReason: answer.stopReason })),
    atOnce(
      'chunk',
      chunkOf({
        metadata: { usage: novaUsage(cache, answer.outputTokens), metrics: {}, trace: {} },
        'amazon-bedrock-invocationMetrics': invocationMetrics(cache, answer.outputTokens, latency),
      }),
    ),
  ],
};
