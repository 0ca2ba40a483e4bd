/** How often a prompt is called: at random at a steady mean rate, or a number of calls spread at random over some minutes, once. */
export type Traffic =
  | { readonly kind: 'poisson'; readonly callsPerHour: number }
  | { readonly kind: 'burst'; readonly calls: number; readonly minutes: number };

export const perHour = (callsPerHour: number): Traffic => ({ kind: 'poisson', callsPerHour });

/** What a header says of traffic. */
interface Stated {
  readonly callsPerHour: { readonly value: number } | undefined;
  readonly burst?: { readonly calls: number; readonly minutes: number };
}

/** The traffic that all figures of a prompt are computed for: its own rate or burst, else the usual rate. */
export const trafficOf = ({ callsPerHour, burst }: Stated, usual: number): Traffic =>
  burst === undefined || callsPerHour !== undefined ? perHour(callsPerHour?.value ?? usual) : { kind: 'burst', ...burst };

/** The same kind of traffic with another figure: calls an hour, or calls of the burst. */
export const trafficAt = (traffic: Traffic, amount: number): Traffic =>
  traffic.kind === 'poisson' ? perHour(amount) : { ...traffic, calls: amount };

/** The figure of a traffic: calls an hour, or calls of the burst. */
export const amountOf = (traffic: Traffic): number => (traffic.kind === 'poisson' ? traffic.callsPerHour : traffic.calls);
