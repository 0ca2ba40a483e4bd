import type { Block, Prompt } from '../../src/core/prompt/model';
import { shownSpan, type Segment } from '../../src/core/text/segment';
import type { Span } from '../../src/core/text/span';

const maxShown = 120;

/** A model for a golden file: every span as the text that stands there, so that a reader can check it. */
export function describePrompt(prompt: Prompt, text: string): unknown {
  const at = ({ start, end }: Span): string => {
    const source = text.slice(start, end);
    return source.length > maxShown ? `${source.slice(0, maxShown / 2)} … ${source.slice(-maxShown / 2)}` : source;
  };
  const shown = (literal: string): string => (literal.length > 1000 ? `${literal.slice(0, 20)} … ${literal.length} characters` : literal);
  const piece = (one: Segment): unknown => {
    const place = at(shownSpan(one));
    const file = one.at.source === 0 ? undefined : prompt.sources[one.at.source]?.path;
    if (one.kind === 'variable') return { variable: one.name, at: place, file };
    if (one.kind === 'unknown') return { unknown: one.source, at: place, file };
    const { name } = one.notation;
    return { text: shown(one.text), ...(name === 'plain' ? {} : { form: name }), ...(place === one.text ? {} : { at: place }), file };
  };
  const block = (one: Block): unknown => {
    switch (one.kind) {
      case 'text':
        return { text: one.segments.map(piece), at: at(one.span) };
      case 'cachePoint':
        return { cachePoint: one.ttl === undefined ? {} : { ttl: one.ttl.value, ttlAt: at(one.ttl.span) }, at: at(one.span) };
      case 'media': {
        const { source } = one;
        const from = source.kind === 's3' ? source.uri : `${source.path} (${source.bytes?.length ?? 'no'} bytes)`;
        return { [one.member]: one.format, name: one.name, from, at: at(one.span) };
      }
      case 'json':
        return { json: one.member, value: one.value, templated: one.templated, texts: one.texts.map(piece), at: at(one.span) };
    }
  };
  const { header } = prompt;
  return {
    header: {
      ...header,
      span: header.span && at(header.span),
      modelId: header.modelId && { value: header.modelId.value, at: at(header.modelId.span) },
      fields: Object.fromEntries(Object.entries(header.fields).map(([key, field]) => [key, { value: field.value, at: at(field.span) }])),
      variables: header.variables.map((one) => ({ ...one, span: at(one.span), entrySpan: at(one.entrySpan) })),
      samples: header.samples.map((one) => ({ value: one.value, at: at(one.span) })),
      callsPerHour: header.callsPerHour && { value: header.callsPerHour.value, at: at(header.callsPerHour.span) },
    },
    tools: prompt.tools.map(block),
    toolChoice: prompt.toolChoice,
    system: prompt.system.map(block),
    messages: prompt.messages.map(({ role, span, content }) => ({ role, at: at(span), content: content.map(block) })),
    problems: prompt.problems.map(({ code, span, data }) => ({ code, at: at(span), ...data })),
    files: prompt.files.map((file) => file.value),
  };
}
