import type { Prompt } from '../../src/core/prompt/model';
import { theDocument, type SourceId } from '../../src/core/text/place';
import type { Span } from '../../src/core/text/span';

type FoundSpan = Span & { readonly path: string; readonly source: SourceId };

/** Everything in a value that looks like a span, however deep, with the path to it and the text that it is in. */
export function spansOf(value: unknown, path = '', source: SourceId = theDocument): readonly FoundSpan[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const found: FoundSpan[] = [];
  const { start, end, source: own } = value as { start?: unknown; end?: unknown; source?: unknown }; // looked at before it is used
  if (typeof start === 'number' && typeof end === 'number') found.push({ start, end, path, source });
  const inside = typeof own === 'number' ? own : source;
  for (const [key, part] of Object.entries(value)) for (const span of spansOf(part, `${path}/${key}`, inside)) found.push(span);
  return found;
}

/** A complaint about the first span that does not lie in its text, or `undefined` when all do. */
export function wrongSpan(prompt: Prompt): string | undefined {
  const lengthOf = (source: SourceId): number => prompt.sources[source]?.text.length ?? -1;
  const wrong = spansOf(prompt).find(
    ({ start, end, source }) =>
      !(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= lengthOf(source)),
  );
  return wrong && `${wrong.path}: ${wrong.start} to ${wrong.end} in a text of ${lengthOf(wrong.source)}`;
}
