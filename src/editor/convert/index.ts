/** Entry of the bundle of the two commands that convert prompts (`dist/convert-commands.js`): loaded when one of them is used. */
export { copyPromptAs } from './copyAs';
export { extractPrompt } from './extract';
