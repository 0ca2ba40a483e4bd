/**
 * Entry of the bundle `dist/runs.js`: what runs and counts need until they are on their way, loaded with the first of them, and with the panel, which says
 * where runs go. What these modules remember (values, emulators behind addresses, whose keys are used) is known here alone.
 */
export { countBeforeRun, countExactly } from './runs/countTokens';
export { chooseDoor } from './runs/door';
export { lastChoices } from './runs/lastChoices';
export { noteOwner } from './runs/owners';
export { RecordedAnswersMemory } from './runs/recordedAnswers';
export { createRowsHost } from './runs/rowsHost';
export { readyTarget, runPrompt, serviceView } from './runs/runFlow';
export { createSpending } from './runs/spending';
export { createValuesForm } from './runs/valuesForm';
export { useEmulator } from './runs/useEmulator';
export { createWaysOut } from './runs/waysOut';
