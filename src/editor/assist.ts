/**
 * Entry of the bundle `dist/assist.js`: what a person asks for by a gesture, as completion, a name to follow, a new file or a prompt in another
 * form, and what the panel says of runs. Nothing of it keeps anything, as the modules that it shares with the extension are there twice.
 */
export { chooseAccountModel } from './account/accountModels';
export { chooseModel } from './account/chooseModel';
export { resolveArn } from './account/resolveArn';
export { readableCall } from '../core/editing/readableCall';
export { requestImages } from '../core/panel/requestImages';
export { openStoredPrompt } from './stored/openStored';
export { compareStoredPrompt, saveStoredPrompt } from './stored/saveStored';
export { runsView } from '../core/panel/runsView';
export { completionsAt } from './language/completion';
export { explainRule } from './language/explainRule';
export { fileHoverAt } from './language/fileHover';
export { headingHintsOf } from './language/headingTokens';
export { foldingOf } from './language/folding';
export { copyPromptAs } from './convert/copyAs';
export { extractPrompt } from './convert/extract';
export { frontMatterHoverAt } from './language/frontMatterHover';
export { compareSamples, optimizePrompt } from './language/optimize';
export { linksOf, selectionRangesOf, symbolsOf } from './language/outline';
export { jsonCompletionsAt, jsonHoverAt } from './language/jsonAssistance';
export { yamlCompletionsAt, yamlHoverAt } from './language/yamlAssistance';
export { definitionAt, referencesAt, renameAt, renameRangeAt } from './language/variables';
export { clearEmulatorCache } from './runs/clearEmulatorCache';
export { askForColdLine } from './runs/coldRun';
export { choosePreview } from './runs/choosePreview';
export { showChoices } from './workspace/choices';
export { copyDiagnostics } from './workspace/diagnosticsReport';
export { newPrompt } from './workspace/newPrompt';
export { openSample } from './workspace/samples';
export { followRenamed } from './renamed';
export { offerRename } from './workspace/offerRename';
export { showIdentity } from './runs/caller';
export { chooseEndpoint, chooseProfile, chooseRegion } from './runs/destination';
export { offerWayOn } from './runs/firstRun';
export { keepApiKey, removeApiKey } from './runs/keepApiKey';
export { chooseRecorded } from './runs/chooseRecorded';
export { signIn } from './runs/login';
