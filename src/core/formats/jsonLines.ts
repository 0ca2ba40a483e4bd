import type { PromptId } from '../prompt/model';
import { decodeJson } from '../text/jsonString';
import { parseJsonTree } from '../text/jsonTree';
import { once } from '../text/once';
import { span, type Span } from '../text/span';
import { findRequest } from './findRequest';
import type { Format, PromptEntry } from './format';
import { readJsonPrompt } from './jsonPrompt';
import { likelyApi } from './requestApi';
import { kindOf, mayHoldRequest } from './names';

/** The name of a record, as it is written at the beginning of its line or further on. A quote inside a string has a backslash before it. */
const recordId = /(?<!\\)"recordId"\s*:\s*"((?:[^"\\]|\\.)*)"/;

/** Keys of which a line that is a request has one. The same words within its texts have backslashes before their quotes. */
const signs = /(?<!\\)"(?:modelInput|anthropic_version|schemaVersion|inferenceConfig|toolConfig|cachePoint|modelId)"\s*:/;

interface Line {
  readonly at: Span;
  readonly number: number;
  /** What its record is called, and where that stands. */
  readonly name: string | undefined;
  readonly head: Span;
}

const linesOf = (text: string): readonly Line[] => {
  const lines: Line[] = [];
  for (let start = text.startsWith('\uFEFF') ? 1 : 0, number = 1; start < text.length; number += 1) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    if (line.includes('"messages"') && signs.test(line)) {
      const found = recordId.exec(line);
      const head = start + (found?.index ?? line.search(/\S/));
      lines.push({
        at: span(start, line.endsWith('\r') ? end - 1 : end),
        number,
        name: found === null ? undefined : decodeJson(found[1] ?? ''),
        head: span(head, head + (found?.[0].length ?? 1)),
      });
    }
    start = end + 1;
  }
  return lines;
};

const entryOf = (text: string, { at, number, name, head }: Line, isTaken: (id: PromptId) => boolean): PromptEntry => {
  const title = name ?? `Line ${number}`;
  return {
    id: isTaken(title) ? `${title} (line ${number})` : title,
    title,
    head,
    span: at,
    read: () => {
      const answer = parseJsonTree(text.slice(at.start, at.end), at.start);
      const found = findRequest(text, answer.tree);
      return readJsonPrompt({ text, at, answer, found, head }, found.batch === true ? likelyApi(found.body) : 'converse');
    },
  };
};

/** A request in each line: the input of a batch job, whose records have ids, or bodies alone. Lines are read when somebody looks at them. */
export const jsonLines: Format = {
  id: 'json-lines',
  detects: (path, text) => kindOf(path) === 'json-lines' && mayHoldRequest(text),
  read(text) {
    const ids = new Set<PromptId>();
    const prompts = linesOf(text).map((line) => {
      const entry = entryOf(text, line, (id) => ids.has(id));
      ids.add(entry.id);
      return { ...entry, read: once(entry.read) };
    });
    return { prompts, problems: [], files: [] };
  },
};
