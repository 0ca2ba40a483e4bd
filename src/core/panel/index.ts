/** Entry of the bundle `dist/panel.js`: what the panel and reports say of runs, models and forecasts, which no problem needs, and fixes that are made together. */
export { addSample } from '../formats/addSample';
export { paidFor } from '../money/paid';
export { consentText, overLimitText } from '../messages/consent';
export { calibrationReport } from '../messages/calibrationReport';
export { countedBy, countText, learnedText, notCountable, pointsText } from '../messages/calibration';
export { diagnosticsText } from '../messages/diagnosticsText';
export { describeFailure } from '../messages/failures';
export { describeVerdict, modelsView } from '../messages/models';
export { fixAll } from '../rules/fixAll';
export { coldCall, coldPlaceOf, coldRequest } from '../request/makeCold';
export { forecastView } from './forecastView';
export { runBegins, runGoesOn } from '../messages/runLog';
export { plannedCalls } from '../traffic/planned';
