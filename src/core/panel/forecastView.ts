import { usdAt, type Choice, type Forecast } from '../traffic/forecast';
import { amountOf } from '../prompt/traffic';
import { chartText, forecastHints, forecastNames, trafficTitle } from '../messages/forecastLabels';
import { choiceLabel, describeForecast, disputedPrice, noPrice, noWorkingPoint } from '../messages/forecastText';
import { describeRate, describeAmount } from '../messages/trafficText';
import type { NumberFormats } from '../figures/numbers';
import { band, least, moneyAxis, most, samples, thousand, trafficAxis } from './forecastAxes';
import { marksOf, rowsOf } from './forecastMarks';
import { mostCallsPerHour, type ForecastChart, type ForecastCurve, type ForecastFigure, type ForecastView } from './forecastTypes';

export type * from './forecastTypes';

const rankOf = ({ cheapest, choices }: Forecast, choice: Choice): ForecastCurve['rank'] => {
  if (choice !== cheapest) return 'other';
  return choices.some(({ usd }) => usd.likely < choice.usd.likely) ? 'close' : 'lowest';
};

const curveOf = (forecast: Forecast, choice: Choice, formats: NumberFormats): ForecastCurve => ({
  id: choice.id,
  label: choiceLabel(choice),
  asWritten: choice.asWritten,
  rank: rankOf(forecast, choice),
  usdText: band(usdAt(forecast, choice, amountOf(forecast.traffic)), thousand, formats),
  points: samples(forecast.traffic).map((x) => {
    const { likely, high } = usdAt(forecast, choice, x);
    return { x, y: likely * thousand, high: high * thousand };
  }),
});

const figuresOf = (forecast: Forecast, formats: NumberFormats): readonly ForecastFigure[] => {
  const { written, none, cold, warm, traffic } = forecast;
  const saved = none.usd.likely > 0 ? 1 - written.usd.likely / none.usd.likely : undefined;
  const when = describeAmount(amountOf(traffic), traffic, formats);
  return [
    {
      id: 'expected',
      label: forecastNames.expected,
      value: band(written.usd, 1, formats),
      hint: forecastHints.expected(when),
    },
    { id: 'uncached', label: forecastNames.uncached, value: band(none.usd, 1, formats), hint: forecastHints.uncached },
    {
      id: 'saved',
      label: saved !== undefined && saved < 0 ? forecastNames.extra : forecastNames.saved,
      value: formats.percent(saved === undefined ? undefined : Math.abs(saved)),
      hint: forecastHints.saved,
    },
    {
      id: 'cold',
      label: forecastNames.cold,
      value: band(cold, 1, formats),
      hint: forecastHints.cold,
    },
    { id: 'warm', label: forecastNames.warm, value: band(warm, 1, formats), hint: forecastHints.warm },
    {
      id: 'quota',
      label: forecastNames.quota,
      value: formats.tokens(written.quotaTokens),
      hint: forecastHints.quota(formats.tokens(none.quotaTokens)),
    },
  ];
};

const chartOf = (forecast: Forecast, formats: NumberFormats): ForecastChart => {
  const { traffic, choices, points, written } = forecast;
  const curves = choices.map((choice) => curveOf(forecast, choice, formats));
  const marks = marksOf(forecast, formats);
  const present = amountOf(traffic);
  return {
    figures: figuresOf(forecast, formats),
    x: trafficAxis(traffic, formats),
    y: moneyAxis(Math.max(...curves.flatMap((curve) => curve.points.map(({ high }) => high))), formats),
    curves,
    marks,
    bandText: curves.some((curve) => curve.points.some(({ y, high }) => high > y)) ? disputedPrice : '',
    now: { at: present, text: describeRate(present, formats) },
    description: chartText({ calls: formats.tokens(thousand), traffic, least: least(traffic), most, present, curves, marks }, formats),
    rowHead: trafficTitle(traffic, formats),
    rows: rowsOf(forecast, marks, formats),
    points: points.map(({ number, prefix }, at) => ({
      number: formats.tokens(number),
      tokens: formats.tokenBand(prefix.low, prefix.high),
      ttl: written.ttls[at] ?? '',
      reads: formats.percent(written.reads[at]),
    })),
  };
};

/** The Forecast tab of a prompt; `undefined` as forecast: no price of its model is known. */
export const forecastView = (forecast: Forecast | undefined, formats: NumberFormats): ForecastView => {
  const mostCalls = formats.tokens(mostCallsPerHour);
  if (forecast === undefined) return { callsPerHour: undefined, mostCalls, sentences: [noPrice], chart: undefined };
  const callsPerHour = forecast.traffic.kind === 'poisson' ? forecast.traffic.callsPerHour : undefined;
  if (forecast.points.length === 0) return { callsPerHour, mostCalls, sentences: [noWorkingPoint(forecast, formats)], chart: undefined };
  return { callsPerHour, mostCalls, sentences: describeForecast(forecast, formats), chart: chartOf(forecast, formats) };
};
