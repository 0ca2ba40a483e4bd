import * as vscode from 'vscode';
import type { Traffic } from '../../core/traffic/forecast';
import type { ForecastView } from '../../core/panel/forecastView';
import type { FeatureDeps } from '../feature';

/** What the prompt will cost at its traffic, or at one that a person tries in the panel. */
export const createForecastTab = (deps: FeatureDeps) => {
  /** Tried traffic by document; it is not written into the prompt. */
  const tried = new Map<string, number>();

  const view = (uri: vscode.Uri | undefined): ForecastView | undefined => {
    const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri?.toString());
    const analysis = document && deps.store.get(document);
    if (analysis === undefined || uri === undefined) return undefined;
    const callsPerHour = tried.get(uri.toString());
    const engine = deps.engine();
    const traffic: Traffic = callsPerHour === undefined ? engine.trafficOf(analysis) : { kind: 'poisson', callsPerHour };
    return engine.forecastView(engine.forecastOf(analysis.plan, traffic), deps.formats);
  };

  return {
    view,
    /** Forecasts for this many calls an hour from now on. */
    tryTraffic: (uri: vscode.Uri | undefined, callsPerHour: number): void => {
      if (uri !== undefined) tried.set(uri.toString(), callsPerHour);
    },
  };
};
