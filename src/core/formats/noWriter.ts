import type { PromptWriter } from '../prompt/writer';

const nothing = (): undefined => undefined;

/** For what is written in a way in which nothing can be changed safely, as JSON within a string. */
export const noWriter: PromptWriter = {
  insertMarker: nothing,
  removeMarker: nothing,
  setTtl: nothing,
  repairMarker: nothing,
  markerFromDialect: nothing,
  removeBlock: nothing,
  splitAt: nothing,
  moveText: nothing,
  insertText: nothing,
  replaceText: nothing,
  renameVariable: nothing,
  setMember: nothing,
  setValue: nothing,
  moveMember: nothing,
  removeItem: nothing,
  renameKey: nothing,
  setModelId: nothing,
  declareVariable: nothing,
  removeDeclaration: nothing,
  setVaries: nothing,
  declareStatic: nothing,
  together: nothing,
};
