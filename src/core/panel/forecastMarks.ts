import { switchesOf, usdAt, type Choice, type ChoiceId, type Forecast } from '../traffic/forecast';
import { amountOf } from '../prompt/traffic';
import { nowNote } from '../messages/forecastLabels';
import { breakEvenText, switchText } from '../messages/forecastText';
import { describeRate } from '../messages/trafficText';
import type { NumberFormats } from '../figures/numbers';
import { band, decades, least, most, thousand } from './forecastAxes';
import type { ForecastMark, ForecastRow } from './forecastTypes';

/** Marks whose traffic differs by less than this factor stand on one another. */
const nearby = 1.15;

/** Where choices start to cost less than others, in the order of their traffic. */
export const marksOf = (forecast: Forecast, formats: NumberFormats): readonly ForecastMark[] => {
  const { choices, traffic, none } = forecast;
  const byId = (id: ChoiceId): Choice => choices.find((choice) => choice.id === id) ?? none;
  const pays = choices.flatMap((choice) =>
    choice.breakEven.kind === 'from'
      ? [{ x: choice.breakEven.traffic, at: none, text: breakEvenText(choice, choice.breakEven.traffic, traffic, formats) }]
      : [],
  );
  const turns = switchesOf(forecast)
    .filter(({ from }) => from !== 'none')
    .map((turn) => ({ x: turn.traffic, at: byId(turn.to), text: switchText(byId(turn.from), byId(turn.to), turn, traffic, formats) }));
  const found = [...pays, ...turns]
    .filter(({ x }) => x >= least(traffic) && x <= most)
    .sort((a, b) => a.x - b.x)
    .map(({ x, at, text }) => ({ x, y: usdAt(forecast, at, x).likely * thousand, text }));
  return joined(found).map((mark, index) => ({ letter: String.fromCharCode(65 + index), ...mark }));
};

/** Points too near to each other to be told apart on the chart have one letter. */
const joined = (marks: readonly Omit<ForecastMark, 'letter'>[]): readonly Omit<ForecastMark, 'letter'>[] => {
  const groups: Omit<ForecastMark, 'letter'>[] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    const near = last !== undefined && mark.x <= last.x * nearby && Math.abs(mark.y - last.y) <= 0.02 * Math.max(mark.y, last.y);
    if (near) groups[groups.length - 1] = { ...last, text: `${last.text} ${mark.text}` };
    else groups.push(mark);
  }
  return groups;
};

/** The chart's numbers at round figures, at its marks and at the present traffic. */
export const rowsOf = (forecast: Forecast, marks: readonly ForecastMark[], formats: NumberFormats): readonly ForecastRow[] => {
  const { traffic, choices } = forecast;
  const present = amountOf(traffic);
  const round = decades(traffic).filter((x) => x !== present);
  const wanted = [
    ...round.map((x) => ({ x, note: '' })),
    ...marks.map(({ x, letter }) => ({ x, note: letter })),
    { x: present, note: nowNote },
  ].sort((a, b) => a.x - b.x);
  return wanted.map(({ x, note }) => {
    const costs = choices.map((choice) => usdAt(forecast, choice, x));
    const lowest = Math.min(...costs.map(({ likely }) => likely));
    const cells = costs.map((usd) => ({ text: band(usd, thousand, formats), cheapest: usd.likely <= lowest * (1 + 1e-6) }));
    return { amount: describeRate(x, formats), note, now: note === nowNote, cells };
  });
};
