import type * as assist from './assist';

/** The bundle of what is used on a gesture; the first call loads it. */
export type AssistPort = () => typeof assist;
