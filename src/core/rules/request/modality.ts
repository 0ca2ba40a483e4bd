import type { WireBlock } from '../../cache/plan';
import type { ContentKind, ModelEntry } from '../../models/types';
import type { Json } from '../../text/json';
import { firstLine } from '../lines';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'request/modality': { readonly model: string; readonly what: ContentKind | 's3Location' };
  }
}

const contentNames: { readonly [K in ContentKind]: string } = { image: 'images', document: 'documents', video: 'video' };

const kindOf = ({ block, place }: WireBlock): ContentKind | undefined => {
  if (place.field !== 'messages') return undefined;
  if (block.kind === 'media') return block.member;
  if (block.kind !== 'json') return undefined;
  return block.member === 'image' || block.member === 'document' || block.member === 'video' ? block.member : undefined;
};

const fromS3 = (value: Json): boolean => {
  const source = typeof value === 'object' && value !== null && 'source' in value ? value.source : undefined;
  return typeof source === 'object' && source !== null && 's3Location' in source;
};

/** Claude takes bytes only. Source: a recorded ValidationException, "This model doesn't support the s3Uri field", read 2026-11. */
const refusesS3 = ({ provider }: ModelEntry): boolean => provider === 'Anthropic';

const readsS3 = ({ block }: WireBlock): boolean =>
  block.kind === 'media' ? block.source.kind === 's3' : block.kind === 'json' && fromS3(block.value);

/** An image, document or video that the model does not take, or does not take from S3: the call fails. */
export const modality: Rule<'request/modality'> = {
  code: 'request/modality',
  severity: 'error',
  sources: [
    'Model cards of AWS, 2026-10',
    'Recorded error texts, read 2026-11: "This model doesn\'t support the image content block that you provided", "This model doesn\'t support the s3Uri field"',
  ],
  says: ({ model, what }) =>
    what === 's3Location'
      ? `${model} does not read files from S3, so the call fails (ValidationException). Refer to a local file, which is sent as bytes.`
      : `${model} takes no ${contentNames[what]}, so the call fails (ValidationException). Choose a model that does, or send what is meant as text.`,
  *check({ plan, text }) {
    const { model, blocks } = plan;
    if (model === undefined) return;
    for (const wire of blocks) {
      const kind = kindOf(wire);
      if (kind === undefined) continue;
      const refused = model.refusesContent?.includes(kind) === true;
      const what = refused ? kind : refusesS3(model) && readsS3(wire) ? 's3Location' : undefined;
      if (what !== undefined) yield { code: 'request/modality', span: firstLine(text, wire.block.span), data: { model: model.name, what } };
    }
  },
};
