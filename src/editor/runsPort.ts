import type * as runs from './runsPart';

/** The bundle of what a run needs until it is on its way; the first call loads it. */
export type RunsPort = () => typeof runs;
