import type { PromptWriter } from '../prompt/writer';
import type { Draft } from './prompt/draft';

const never = (): undefined => undefined;

/** How changes are written into code. What cannot be written safely is not written. */
export const codeWriter = (_draft: Draft): PromptWriter => ({
  insertMarker: never,
  removeMarker: never,
  setTtl: never,
  repairMarker: never,
  markerFromDialect: never,
  removeBlock: never,
  splitAt: never,
  moveText: never,
  insertText: never,
  replaceText: never,
  renameVariable: never,
  setMember: never,
  setValue: never,
  moveMember: never,
  removeItem: never,
  renameKey: never,
  setModelId: never,
  declareVariable: never,
  removeDeclaration: never,
  setVaries: never,
  declareStatic: never,
  together: never,
});
