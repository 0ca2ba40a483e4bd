import { frontMatterHelp } from '../messages/frontMatterHelp';
import { jsonHelp } from '../messages/jsonHelp';
import { lineAt } from '../text/lineAt';
import type { Span } from '../text/span';
import { frontMatterPlace } from './frontMatterPlace';
import type { StoredPlace } from './storedShape';

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Does an offset of YAML stand in a text of several lines? Everything may stand there. */
export const isInBlockText = (text: string, offset: number): boolean => {
  const { start } = lineAt(text, offset);
  const own = text.slice(start, offset);
  let limit = own.trim() === '' ? own.length : indentOf(own);
  for (const line of text
    .slice(0, Math.max(0, start - 1))
    .split('\n')
    .reverse()) {
    if (line.trim() === '' || indentOf(line) >= limit) continue;
    if (/(?:^|[:-]) *[|>][-+\d]* *(?:#.*)?\r?$/.test(line)) return true;
    limit = indentOf(line);
  }
  return false;
};

/** The key that is named at an offset of YAML, in words. */
export const yamlTopic = (
  text: string,
  offset: number,
  placeOf: (path: readonly string[]) => StoredPlace,
): { readonly span: Span; readonly title: string; readonly help: readonly string[] } | undefined => {
  if (isInBlockText(text, offset)) return undefined;
  const { key, path, span } = frontMatterPlace(text, 0, offset);
  const name = text.slice(span.start, span.end).replaceAll(/["']/g, '').trim();
  if (key !== undefined || name === '') return undefined;
  const { shape, path: explained } = placeOf([...path, name]);
  const help = frontMatterHelp(explained);
  if (shape === undefined) return undefined;
  return { span, title: name, help: [...(help === undefined ? [] : [help]), jsonHelp(shape)] };
};
