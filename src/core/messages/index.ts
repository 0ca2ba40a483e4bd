/** Entry of the bundle `dist/texts.js`: sentences of problems that few prompts have, and of what a person asks for. */
export { describeFanOut, describeLostMarker, describeOrder, describeUsageMisread } from './codeProblems';
export { impactHover, impactTitle } from './impactText';
export { describeBlocked, describeNoPlaces, describePlacement, describeProofs } from './placement';
export { describeRefusal } from './refusals';
export { describeBodyMarker, describeDocument, describeFault, describePairing } from './requestText';
