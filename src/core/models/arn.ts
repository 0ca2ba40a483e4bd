/** An Amazon Resource Name, read. */
export interface Arn {
  readonly service: string;
  readonly region: string | undefined;
  /** `inference-profile` in `inference-profile/us.model`. */
  readonly type: string;
  readonly name: string;
}

/** The parts of an ARN that names something by its type, or `undefined` for any other text. */
export const parseArn = (text: string): Arn | undefined => {
  const match = /^arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):\d*:([^/]+)\/(.+)$/.exec(text);
  if (!match) return undefined;
  const [, service = '', region = '', type = '', name = ''] = match;
  return { service, region: region === '' ? undefined : region, type, name };
};

/** Is it the ARN of Provisioned Throughput, which is bought by the hour and not by the token? */
export const isPaidByTheHour = (modelId: string): boolean => parseArn(modelId.trim())?.type === 'provisioned-model';
