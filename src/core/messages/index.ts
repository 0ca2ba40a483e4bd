/** Entry of the bundle `dist/texts.js`: sentences of problems that few prompts have and of what is pointed at, and checks of what few settings hold. */
export { checkField, fieldNames } from '../models/overrideFields';
export { blockHover, variableHover } from './blockHover';
export { describeFanOut, describeLostMarker, describeOrder, describeUsageMisread } from './codeProblems';
export { impactHover, impactTitle } from './impactText';
export { describeBlocked, describeNoPlaces, describePlacement, describeProofs } from './placement';
export { cachingWords, modelHelp, sourceLine, sourceLinks } from './modelHelp';
export { describeOverrideProblem } from './overrides';
export { describeRefusal } from './refusals';
export { describeBodyMarker, describeDocument, describeFault, describePairing } from './requestText';
