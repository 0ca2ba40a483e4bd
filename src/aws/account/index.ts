/** Everything that needs the control planes of Bedrock; a part of the SDK's bundle that is run when a person first asks for it. */
export { listModels } from './listModels';
export { modelAccess } from './modelAccess';
export { resolveModel } from './resolveModel';
export { getStored, listStored, saveStored } from './storedPrompts';
