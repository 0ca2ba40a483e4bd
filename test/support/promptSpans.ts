import type { Prompt } from '../../src/core/prompt/model';
import type { Span } from '../../src/core/text/span';

/** Everything in a value that looks like a span, however deep, with the path to it. */
export function spansOf(value: unknown, path = ''): readonly (Span & { readonly path: string })[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const entries = Object.entries(value);
  const found: (Span & { readonly path: string })[] = [];
  const { start, end } = value as { start?: unknown; end?: unknown }; // looked at before it is used
  if (typeof start === 'number' && typeof end === 'number') found.push({ start, end, path });
  for (const [key, part] of entries) for (const span of spansOf(part, `${path}/${key}`)) found.push(span);
  return found;
}

/** A complaint about the first span that does not lie in the text, or `undefined` when all do. */
export function wrongSpan(prompt: Prompt, length: number): string | undefined {
  const wrong = spansOf(prompt).find(
    ({ start, end }) => !(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= length),
  );
  return wrong && `${wrong.path}: ${wrong.start} to ${wrong.end} in a text of ${length}`;
}
