import { fileLimits } from '../core/service/fileRefusals';
import { refusals, type RefusalId } from '../core/service/refusals';
import type { JsonObject } from '../core/text/json';
import { imageFormatOf, imageHeaderBytes, readImageSize } from '../core/tokens/imageSize';
import { namedPdfPages, pdfSearchBytes } from '../core/tokens/files/pdfPages';
import { invalid, modelRefuses, type ServiceError } from './errors';
import { isObject, objectOf, objectsOf, stringOf } from './json';
import { isRefused } from './modelRules';
import type { RequestRule, RuleContext } from './requestRule';
import type { SentRequest } from './request';

/** What models refuse of the files in a request. Limits and models: the tables of `core/service`; the words: `docs/emulator.md`. */

interface Sent {
  readonly format: string;
  /** Decoded as far as `head` asks. */
  head(most: number): Buffer;
  readonly size: number;
  /** As the model's words name it. */
  readonly at: string;
}

const sentFile = (value: JsonObject, at: string): readonly Sent[] => {
  const text = stringOf(objectOf(value['source'])['bytes']) ?? '';
  const head = (most: number): Buffer => Buffer.from(text.slice(0, Math.ceil(most / 3) * 4), 'base64').subarray(0, most);
  return text === '' ? [] : [{ format: stringOf(value['format']) ?? '', head, size: Buffer.byteLength(text, 'base64'), at }];
};

const filesOf = ({ blocks }: SentRequest, member: 'image' | 'document'): readonly (readonly [JsonObject, string])[] =>
  blocks.flatMap(({ place, path, value }) => {
    if (place.field !== 'messages') return [];
    const inside = objectsOf(objectOf(objectOf(value)['toolResult'])['content']);
    return [objectOf(value), ...inside].flatMap((holder) => {
      const file = holder[member];
      return isObject(file) ? [[file, path] as const] : [];
    });
  });

const readable = (request: SentRequest, member: 'image' | 'document'): readonly Sent[] =>
  filesOf(request, member).flatMap(([file, path]) => sentFile(file, path));

const longestEdge = (file: Sent): number => {
  const size = readImageSize(file.head(imageHeaderBytes));
  return size === undefined ? 0 : Math.max(size.width, size.height);
};

const counts = (id: RefusalId, request: SentRequest, context: RuleContext): boolean => isRefused(id, refusals[id], request, context);

type ImageCheck = (image: Sent, isOneOfMany: boolean) => string | undefined;

const imageChecks: readonly (readonly [RefusalId, ImageCheck])[] = [
  [
    'image.otherFormat',
    ({ head, format }) => {
      // Without a size it is no whole image, and what would be said of it is not known.
      const found = readImageSize(head(imageHeaderBytes)) && imageFormatOf(head(16));
      return found === undefined || found === format
        ? undefined
        : `The image was specified using the image/${format} media type, but the image appears to be a image/${found} image`;
    },
  ],
  [
    'image.bytes',
    ({ size }) =>
      size > fileLimits.imageBytes ? `image exceeds 5 MB maximum: ${Math.ceil(size / 3) * 4} bytes > 5242880 bytes` : undefined,
  ],
  [
    'image.edge',
    (image) =>
      longestEdge(image) > fileLimits.imageEdge ? 'At least one of the image dimensions exceed max allowed size: 8000 pixels' : undefined,
  ],
  [
    'image.manyEdge',
    (image, isOneOfMany) =>
      isOneOfMany && longestEdge(image) > fileLimits.manyImagesEdge
        ? 'At least one of the image dimensions exceed max allowed size for many-image requests: 2000 pixels'
        : undefined,
  ],
];

const imagesAreTaken: RequestRule = (request, context) => {
  const checks = imageChecks.filter(([id]) => counts(id, request, context));
  if (checks.length === 0) return undefined;
  const isOneOfMany = filesOf(request, 'image').length > fileLimits.manyImages;
  for (const image of readable(request, 'image'))
    for (const [, check] of checks) {
      const said = check(image, isOneOfMany);
      if (said !== undefined) return modelRefuses(`${image.at}.image.source.base64.data: ${said}`);
    }
  return undefined;
};

const notTooMany: RequestRule = (request, context): ServiceError | undefined => {
  const [images, documents] = [filesOf(request, 'image').length, filesOf(request, 'document').length];
  return images > 0 && images + documents > fileLimits.manyImages && counts('image.count', request, context)
    ? modelRefuses(`too many images and documents: ${images} + ${documents} > ${fileLimits.manyImages}`)
    : undefined;
};

const rowOf = (format: string): RefusalId =>
  format === 'pdf' ? 'document.bytes.pdf' : format === 'docx' ? 'document.bytes.docx' : 'document.bytes';

const documentsAreShort: RequestRule = (request, context) =>
  readable(request, 'document').some(({ size, format }) => size > fileLimits.documentBytes && counts(rowOf(format), request, context))
    ? invalid('The document size exceeds 4.5 MB.')
    : undefined;

const pagesAreFew: RequestRule = (request, context) => {
  if (!counts('document.pages', request, context)) return undefined;
  let pages = 0;
  for (const { format, head, at } of readable(request, 'document')) {
    pages += format === 'pdf' ? namedPdfPages(head(pdfSearchBytes)) : 0;
    if (pages > fileLimits.pdfPages)
      return modelRefuses(`${at}.pdf.source.base64.data: A maximum of ${fileLimits.pdfPages} PDF pages may be provided.`);
  }
  return undefined;
};

/** In the order in which they are made. */
export const fileRules: readonly RequestRule[] = [notTooMany, documentsAreShort, imagesAreTaken, pagesAreFew];
