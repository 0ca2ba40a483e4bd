/** Entry of the bundle `dist/files.js`: what reads the text of documents that a request sends, which few prompts do. */
export { readOffice } from './office';
export { readPdfText } from './pdfText';
