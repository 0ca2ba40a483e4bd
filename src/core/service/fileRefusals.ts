import type { Refusal } from './condition';

/** Images, documents and their number that models refuse. Only code can tell: what counts stands in the bytes. */

const invoke = true;

/** Where the limits are. Bytes are those of the file, before base64. */
export const fileLimits = {
  /** Source: AWS user guide, API restrictions, 2026-11. */
  documents: 5,
  documentBytes: 4.5 * 1024 * 1024,
  /** Pages of all PDFs of a request together. Source: the same page, for Claude. */
  pdfPages: 100,
  /** 5 MB of base64. Source: aws-sdk-js-v3#6785. */
  imageBytes: 3.75 * 1024 * 1024,
  /** Pixels of the longer edge. Source: AWS user guide, API restrictions, 2026-11. */
  imageEdge: 8000,
  /** Above so many images the longer edge of each is limited more. Source: IDP#998. */
  manyImages: 20,
  manyImagesEdge: 2000,
} as const;

export const fileRefusals = {
  // Kinds of content. What the catalog says of a model (`refusesContent`) does not stand here again.
  'content.image': {
    when: [{ at: ['messages.*.content.*.image'] }],
    models: {
      error:
        'deepseek.* minimax.* devstral* voxtral* kimi-k2-thinking nemotron-nano-3* nemotron-nano-9b* nemotron-super* gpt-oss* ' +
        'qwen3-235b* qwen3-32b* qwen3-coder* qwen3-next* glm-4.7* glm-5',
    },
    source: 'S live, 2026-10-10',
  },
  'content.document': {
    when: [{ at: ['messages.*.content.*.document'] }],
    models: { error: 'xai.grok* moonshot* glm-5' },
    source: 'S AWS IDP documentation; a benchmark; a smoke test of 2026-10-06',
  },
  'content.video': {
    when: [{ at: ['messages.*.content.*.video'] }],
    models: {
      warning: 'google.* qwen3-vl*',
      error: 'ai21.* cohere.* deepseek.* meta.* minimax.* mistral.* moonshot* nvidia.* openai.* qwen.* writer.* xai.* zai.*',
    },
    source: 'S live, 2026-10-10: of the models of that day only Nova took video',
  },
  'content.audio': { when: [{ at: ['messages.*.content.*.audio'] }], models: { error: 'claude*' }, source: 'S live, 2026-10-10' },
  // Files
  'image.otherFormat': {
    models: { error: 'claude* meta.*', rest: 'warning' },
    invoke,
    source: 'S hermes-agent#55429 (live, Sonnet 4.5, 2026-09-02), boto3#4415 (Llama); I others',
  },
  'image.unreadable': {
    models: { rest: 'warning' },
    source: 'S discourse#39880 (Claude), hermes-agent#33317 (Qwen); a warning, since formats that are not known here may be read there',
  },
  'image.bytes': {
    models: { error: 'claude*', none: 'nova*', rest: 'warning' },
    invoke,
    source: 'S aws-sdk-js-v3#6785; Nova takes 25 MB in all (Nova user guide); D others (API reference, Message)',
  },
  'image.edge': {
    models: { error: 'claude*', rest: 'warning' },
    invoke,
    source: 'D AWS, API restrictions, 2026-11; claude-code#5147; others: API reference, Message',
  },
  'image.manyEdge': {
    models: { error: 'claude*' },
    invoke,
    source: 'S IDP#998, claude-code#52220: image dimensions of many-image requests',
  },
  'image.count': {
    models: { error: '3-*', none: 'nova*', rest: 'warning' },
    invoke,
    source: 'S cline#1844 (Claude 3); contradiction since: the API reference says 20, AWS, API restrictions, says none of its own',
  },
  'document.bytes': { models: { rest: 'error' }, source: 'D AWS, API restrictions, 2026-11' },
  'document.bytes.pdf': {
    models: { none: 'claude* nova*', rest: 'error' },
    source: 'D AWS, API restrictions, 2026-11: not for PDF on Claude 4 and later and on Nova',
  },
  'document.bytes.docx': { models: { none: 'nova*', rest: 'error' }, source: 'D AWS, API restrictions, 2026-11: not for DOCX on Nova' },
  'document.pages': {
    models: { error: 'claude*' },
    invoke,
    source: 'D AWS, API restrictions, 2026-11; claude-code#6231',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
