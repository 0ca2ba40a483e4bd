import type { CachePlan } from '../cache/plan';
import type { ChatInput } from './chatProtocol';

/** The figures that a simulated conversation begins with: those of the prompt where it has them. `opening`: what the service adds before the first message. */
export const chatStart = ({ plan }: { readonly plan: CachePlan }): { readonly input: ChatInput; readonly opening: number } => {
  const first = plan.blocks.findIndex(({ place }) => place.field === 'messages');
  const before = plan.blocks[first - 1]?.prefix.likely ?? 0;
  const user = first === -1 ? 100 : Math.max(1, Math.round(plan.blocks[first]?.own.likely ?? 100));
  const gap = first === -1 ? 0 : Math.max(0, Math.round((plan.blocks[first]?.prefix.likely ?? 0) - before - user));
  const hasTools = plan.blocks.some(({ place }) => place.field === 'tools');
  return {
    opening: gap,
    input: {
      turns: 10,
      toolRounds: hasTools ? 2 : 0,
      system: Math.round(before),
      userTokens: user,
      answerTokens: 300,
      callTokens: 80,
      resultTokens: 500,
      pauseSeconds: 60,
      stepSeconds: 5,
      ttl: plan.caching?.kind === 'explicit' ? plan.caching.defaultTtl : '5m',
    },
  };
};
