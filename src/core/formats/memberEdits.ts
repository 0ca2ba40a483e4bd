import type { ReadPrompt } from '../prompt/model';
import type { PromptWriter } from '../prompt/writer';
import { replaceSpan } from '../text/edit';
import { opaque } from '../text/notation';
import { rewrite, type TextSegment } from '../text/segment';
import { theDocument } from '../text/place';
import type { Span } from '../text/span';
import { withSeparator } from './listEdits';
import { memberFinder } from './memberPlaces';

/** A word with the quotes that another one had. */
const quotedAs = (old: string, word: string): string => {
  const quote = /^["']/.exec(old)?.[0] ?? '';
  return `${quote}${word}${quote}`;
};

type MemberEdits = Pick<PromptWriter, 'setMember' | 'renameMember' | 'removeItem' | 'renameKey' | 'replaceText'>;

/** Changes of members and of texts, which are written alike wherever JSON and YAML are. */
export const memberEdits = (text: string, prompt: ReadPrompt): MemberEdits => {
  const find = memberFinder(text, prompt);
  const at = (span: Span): string => text.slice(span.start, span.end);
  const renameKey: MemberEdits['renameKey'] = (span, name) =>
    at(span).includes('\n') ? undefined : [replaceSpan(span, quotedAs(at(span), name))];
  return {
    renameKey,
    setMember: (owner, path, value) => {
      const found = find(owner, path)?.value;
      if (found?.kind !== 'scalar' || at(found.span).includes('\n') || typeof value === 'object') return undefined;
      const written =
        typeof value !== 'string'
          ? String(value)
          : typeof found.value === 'string'
            ? quotedAs(at(found.span), value)
            : JSON.stringify(value);
      return [replaceSpan(found.span, written)];
    },
    renameMember: (owner, path, name) => {
      const entry = find(owner, path)?.entry;
      return entry && renameKey(entry.key.span, name);
    },
    removeItem: (owner, path) => {
      const found = find(owner, path)?.value;
      return found && [replaceSpan(withSeparator(text, found.span), '')];
    },
    replaceText: (segment: TextSegment, replacements) => {
      if (segment.at.source !== theDocument || segment.notation === opaque) return undefined;
      const edits = replacements.map((one) => rewrite(prompt.sources, segment, one.from, one.to, one.text));
      return edits.includes(undefined) ? undefined : edits.flatMap((edit) => edit ?? []);
    },
  };
};
