import type { ChoiceId } from '../traffic/forecast';

/** What the panel's Forecast tab shows: figures formatted, beside the raw values that a chart needs. */

/** A place on an axis with its text. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface Axis {
  readonly title: string;
  readonly scale: 'log' | 'linear';
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
}

/** Mean input cost over traffic for one choice of lifetimes. */
export interface ForecastCurve {
  readonly id: ChoiceId;
  readonly label: string;
  readonly asWritten: boolean;
  /** `close`: another one costs less, by too little to change anything. */
  readonly rank: 'lowest' | 'close' | 'other';
  /** USD for 1,000 calls at the present traffic. */
  readonly usdText: string;
  /** `x`: calls an hour, or calls of the burst; `y`, `high`: USD for 1,000 calls, `high` above `y` where sources disagree on a price. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly high: number }[];
}

/** A named point of the chart. */
export interface ForecastMark {
  /** A, B, C in the order of their traffic. */
  readonly letter: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface ForecastRow {
  readonly amount: string;
  /** "now", the letter of a mark, or empty. */
  readonly note: string;
  readonly now: boolean;
  /** One for each curve, in their order. */
  readonly cells: readonly { readonly text: string; readonly cheapest: boolean }[];
}

export interface ForecastFigure {
  readonly id: 'expected' | 'uncached' | 'saved' | 'cold' | 'warm' | 'quota';
  readonly label: string;
  readonly value: string;
  readonly hint: string;
}

/** A working cache point, as written. */
export interface ForecastPointRow {
  readonly number: string;
  readonly tokens: string;
  readonly ttl: string;
  readonly reads: string;
}

/** The numbers of a forecast as a chart and as tables. */
export interface ForecastChart {
  readonly figures: readonly ForecastFigure[];
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly ForecastCurve[];
  readonly marks: readonly ForecastMark[];
  readonly now: Tick;
  /** What a shaded area means; empty where there is none. */
  readonly bandText: string;
  /** The chart in a sentence or two, for those who do not see it. */
  readonly description: string;
  readonly rowHead: string;
  readonly rows: readonly ForecastRow[];
  readonly points: readonly ForecastPointRow[];
}

export interface ForecastView {
  /** Stands in the field for calls an hour; `undefined` for a burst. */
  readonly callsPerHour: number | undefined;
  /** The most that the field takes, as a figure to read. */
  readonly mostCalls: string;
  /** Where the traffic that is tried can be kept: in the prompt itself, or in the settings for all. Absent while none is tried. */
  readonly keep?: 'prompt' | 'settings';
  readonly sentences: readonly string[];
  /** `undefined` where caching makes no difference or no price is known. */
  readonly chart: ForecastChart | undefined;
}

/** Posted by the page when a person tries another traffic, or wants to keep the one that is tried. */
export type TrafficMessage = { readonly type: 'traffic'; readonly callsPerHour: number } | { readonly type: 'saveTraffic' };

/** The most that the setting `cachepoint.traffic.callsPerHour` takes. */
export const mostCallsPerHour = 10_000_000;
