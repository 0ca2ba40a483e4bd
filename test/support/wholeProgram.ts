import { parser as javascript } from '@lezer/javascript';
import { parser as python } from '@lezer/python';

const scripts = { plain: javascript.configure({ dialect: 'ts' }), withElements: javascript.configure({ dialect: 'ts jsx' }) };

/** Has a program no error of syntax? What the parser makes of a broken one depends on what it knew before. */
export const isWholeProgram = (text: string, path: string): boolean => {
  const parser = path.endsWith('.py') ? python : path.endsWith('x') ? scripts.withElements : scripts.plain;
  let isWhole = true;
  parser.parse(text).iterate({ enter: ({ type }) => void (isWhole &&= !type.isError) });
  return isWhole;
};
