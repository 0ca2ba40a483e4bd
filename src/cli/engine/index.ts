/** Entry of the command line's own engine (`dist/cli-engine.js`): loaded when a document has to be read. */
export { remember } from '../../core/text/pieces';
export { checkBriefly, checkFully } from './checkDocument';
export { formatOf, openDocument, readDocument } from './documents';
export { fixUpTo } from './fix';
export { readSettings } from './settings';
export { explainPrompt } from './explain';
export { isThere } from './openPrompt';
export { optimize } from './optimize';
export { predict } from './predict';
export { render } from './render';
export { simulate } from './simulate';
