/**
 * Entry of the analysis bundle (`dist/engine.js`): all that is needed once a prompt is open, and nothing that activation needs. The editor
 * reaches it through a port and imports only its type.
 */
export {
  analyze,
  analyzeWith,
  fixesOf,
  relatedOf,
  modelOverridesOf,
  plannedCallsOf,
  planRequest,
  type DocumentAnalysis,
  type DocumentProblem,
  type PromptAnalysis,
} from './analysis';
export { fixDocument } from './fixDocument';
export { editImpact } from './change/editImpact';
export { forecastOf } from './traffic/forecast';
export { modelMatrix } from './advice/matrix';
export { chainedOf, sharedPrefixes } from './change/sharedPrefixes';
export { proveSamples } from './change/prove';
export { optimizeAll } from './advice/optimum';
export { chainKeys, predictCall, usdOfPrediction, warmAfter, warmEntry, warmWith, writtenPrefixes } from './change/predict';
export { frontMatterShape } from './formats/frontMatterShape';
export { shapeAt } from './service/shapes';
export { formatOfFile } from './formats/fileFormat';
export { analyzeFile, openFile } from './readFile';
export { promptIndex, promptRow } from './report/promptIndex';
export { lineIndex } from './text/lines';
export { wireCall } from './formats/wireCall';
export { buildRequest, missingValues } from './request/build';
export { withGapTexts } from './request/gapTexts';
export { callBody, callHeaders, callText } from './request/json';
export { coldCall, coldPlaceOf, coldRequest } from './request/makeCold';
export { withTags } from './cache/tags';
export { declaredValues, runValues } from './request/values';
export { bodyStart, partsOf } from './formats/parts';
export { allKinds } from './rules/fixKinds';
export { applyEdits, differenceOf } from './text/edit';
export { impactHover, impactTitle } from './messages/impactText';
export { blockHover, variableHover } from './messages/blockHover';
export { sourceLinks } from './messages/modelHelp';
export { checkpointHover, inlineFigure, modelHover, planDetails, statusText, summaryLine } from './messages/plan';
export { countText, countedBy, notCountable, pointsText } from './messages/calibration';
export { calibrationReport } from './messages/calibrationReport';
export { modelsView } from './messages/models';
export { diagnosticsText } from './messages/diagnosticsText';
export { includedImpact, includedProblem, includedTitle } from './messages/includedText';
export { selectionText, tokensOfText } from './messages/selectionText';
export { describeOverrideProblem } from './messages/overrides';
export { describeBlocked, describeNoPlaces, describePlacement, describeProofs } from './messages/placement';
export { describeProblem } from './rules/index';
export { fixAllNotes } from './messages/fixes';
export { paidFor } from './money/paid';
export { consentText, overLimitText } from './messages/consent';
export { runBegins, runGoesOn } from './messages/runLog';
export { describeFailure } from './messages/failures';
export { forecastView } from './panel/forecastView';
export { catalogWith } from './models/catalog';
export { modelForNewPrompt } from './models/newest';
export { entryOf, goesAnywhere, resolveModel } from './models/resolve';
export { forget, hashOf, moveFiles, observationsOf, parseCalibration } from './tokens/calibrate';
export { addCounted, parseCounted, pointCountsOf } from './tokens/calibration/pointCounts';
export { pointCalls } from './cache/countCalls';
export { learnFromCount, learnFromRun } from './tokens/calibration/lesson';
export { forgetTexts } from './text/memo';
