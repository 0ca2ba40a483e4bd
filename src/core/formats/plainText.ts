import { emptyHeader, type ReadPrompt, type TextBlock } from '../prompt/model';
import { plainAt } from '../text/notation';
import { theDocument } from '../text/place';
import { span } from '../text/span';
import type { Format } from './format';
import { isPlainPrompt } from './names';
import { noWriter } from './noWriter';
import { sourceList } from './sourceList';
import { wholeDocument } from './wholeDocument';
import { titleWording } from '../wording/promptFile';

const readText = (text: string): ReadPrompt => {
  const at = span(text.startsWith('\uFEFF') ? 1 : 0, text.length);
  const block: TextBlock = {
    kind: 'text',
    span: at,
    segments: [
      {
        kind: 'text',
        text: text.slice(at.start).replaceAll('\r\n', '\n'),
        at: { source: theDocument, span: at },
        notation: plainAt(text, at),
      },
    ],
  };
  const end = span(text.length, text.length);
  return {
    format: 'plain-text',
    api: 'text',
    sources: sourceList(text).all,
    header: emptyHeader,
    tools: [],
    toolChoice: undefined,
    system: at.start === at.end ? [] : [block],
    messages: [],
    problems: [],
    written: [],
    files: [],
    // What it is sent with is known to whoever reads the file.
    open: {
      gaps: [{ field: 'messages', index: 0, source: undefined, at: end }],
      model: true,
      partly: true,
      mayMark: true,
    },
  };
};

/**
 * A file whose whole text is a text of a prompt: below a folder for prompts, or instructions of a coding agent. Nothing in it is a placeholder or a
 * cache point; whoever reads the file may make some of it.
 */
export const plainText: Format = {
  id: 'plain-text',
  detects: isPlainPrompt,
  read: (text) => wholeDocument(text, { ...readText(text), write: noWriter }, titleWording.text),
};
