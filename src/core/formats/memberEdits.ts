import type { ReadPrompt } from '../prompt/model';
import type { PromptWriter } from '../prompt/writer';
import { replaceSpan } from '../text/edit';
import { rewrite, type TextSegment } from '../text/segment';
import { theDocument } from '../text/place';
import type { Span } from '../text/span';
import { withSeparator } from './listEdits';
import { fromDialect } from './markerDialect';
import { memberFinder, wholeRequest } from './memberPlaces';
import { moveMember } from './moveMember';

/** A word with the quotes that another one had. */
const quotedAs = (old: string, word: string): string => {
  const quote = /^["']/.exec(old)?.[0] ?? '';
  return `${quote}${word}${quote}`;
};

type MemberEdits = Pick<
  PromptWriter,
  'setMember' | 'setValue' | 'moveMember' | 'removeItem' | 'renameKey' | 'replaceText' | 'markerFromDialect'
>;

/** Changes of members and of texts, which are written alike wherever JSON and YAML are. */
export const memberEdits = (text: string, prompt: ReadPrompt): MemberEdits => {
  const find = memberFinder(text, prompt);
  const at = (span: Span): string => text.slice(span.start, span.end);
  const renameKey: MemberEdits['renameKey'] = (span, name) =>
    at(span).includes('\n') ? undefined : [replaceSpan(span, quotedAs(at(span), name))];
  const setValue: MemberEdits['setValue'] = (span, value) => {
    const old = at(span);
    if (old.includes('\n')) return undefined;
    const bare = typeof value === 'string' && !/^["']/.test(old) && wholeRequest(prompt) !== undefined;
    return [replaceSpan(span, bare ? JSON.stringify(value) : quotedAs(typeof value === 'string' ? old : '', String(value)))];
  };
  return {
    renameKey,
    setValue,
    moveMember: (from, to) => moveMember(text, prompt, from, to),
    markerFromDialect: (span) => fromDialect(text, prompt, span),
    setMember: (owner, path, value) => {
      const found = find(owner, path)?.value;
      return found?.kind === 'scalar' ? setValue(found.span, value) : undefined;
    },
    removeItem: (owner, path) => {
      const found = find(owner, path)?.value;
      return found && [replaceSpan(withSeparator(text, found.span), '')];
    },
    replaceText: (segment: TextSegment, replacements) => {
      if (segment.at.source !== theDocument || segment.notation.name === 'opaque') return undefined;
      const edits = replacements.map((one) => rewrite(prompt.sources, segment, one.from, one.to, one.text));
      return edits.includes(undefined) ? undefined : edits.flatMap((edit) => edit ?? []);
    },
  };
};
