/** Entry of the bundle for prompts in code (`dist/code.js`): loaded when a file of code may hold one, and never before. */
export { readCode } from './readCode';
