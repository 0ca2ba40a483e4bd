/** A picture as it was sent. */
export interface RequestImage {
  /** Media type, as `image/png`. */
  readonly type: string;
  /** Base64. */
  readonly data: string;
}

/** Is what was posted a picture? */
export const isImage = (value: unknown): value is RequestImage =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  'data' in value &&
  typeof value.type === 'string' &&
  typeof value.data === 'string';
