import { frontMatterHelp, frontMatterValueHelp } from '../messages/frontMatterHelp';
import type { Span } from '../text/span';
import { frontMatterPlace } from './frontMatterPlace';

/** What there is to say about a place in front matter. */
export type FrontMatterTopic = { readonly span: Span } & (
  | { readonly kind: 'model' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'key' | 'value'; readonly title: string; readonly help: string }
);

/** What stands at an offset of front matter whose lines begin at `from`: a key, a value, a variable or the model. */
export const frontMatterTopic = (text: string, from: number, offset: number): FrontMatterTopic | undefined => {
  const { path, key, span } = frontMatterPlace(text, from, offset);
  const written = text
    .slice(span.start - from, span.end - from)
    .replaceAll(/["']/g, '')
    .trim();
  if (written === '') return undefined;
  const isRow = path[0] === 'samples' && path.length === 2;
  if (key === undefined) {
    if ((path.length === 1 && path[0] === 'variables') || isRow) return { kind: 'variable', name: written, span };
    const help = frontMatterHelp([...path, written]);
    return help === undefined ? undefined : { kind: 'key', title: written, help, span };
  }
  if (path.length === 0 && key === 'modelId') return { kind: 'model', span };
  const help = frontMatterValueHelp([...path, key], written);
  return help === undefined ? undefined : { kind: 'value', title: written, help, span };
};
