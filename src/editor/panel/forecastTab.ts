import { recent } from '../../core/text/recent';
import type { Traffic } from '../../core/prompt/traffic';
import type { FeatureDeps } from '../feature';
import { refKey } from '../promptRef';
import type { PanelSubject } from './subject';
import type { Tab } from './tabs';

/** What the prompt will cost at its traffic, or at one that a person tries in the panel. */
export const createForecastTab = (deps: FeatureDeps, subject: PanelSubject): Tab<'forecast'> => {
  /** Tried traffic by prompt; it is not written into the prompt. */
  const tried = recent<string, number>(50);
  return {
    view(prompt) {
      const analysis = prompt && deps.store.of(prompt);
      if (prompt === undefined || analysis === undefined) return undefined;
      const callsPerHour = tried.get(refKey(prompt));
      const engine = deps.engine();
      const traffic: Traffic = callsPerHour === undefined ? analysis.input.traffic : { kind: 'poisson', callsPerHour };
      return engine.forecastView(engine.forecastOf(analysis.plan, traffic), deps.formats);
    },
    receive: {
      traffic({ callsPerHour }) {
        if (subject.prompt === undefined) return;
        tried.set(refKey(subject.prompt), callsPerHour);
        subject.changed();
      },
    },
  };
};
