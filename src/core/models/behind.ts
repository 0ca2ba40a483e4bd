import { parseArn } from './arn';
import { geographiesOf } from './profiles';

/** What answers behind an inference profile, by the ARNs that the service lists for it. */
export interface Behind {
  /** A model's id, with the prefix of the geography in which its calls are processed; it decides the price. */
  readonly modelId: string;
  /** Regions in which a call may be processed, sorted. */
  readonly regions: readonly string[];
  /** Any commercial Region may process it: the service then lists an ARN without a Region. */
  readonly worldwide: boolean;
}

/** The narrowest geography that all Regions lie in. */
const geographyOf = ([first = '', ...others]: readonly string[]): string =>
  geographiesOf(first).find((prefix) => others.every((region) => geographiesOf(region).includes(prefix))) ?? 'global';

/**
 * The one model that these ARNs of foundation models or inference profiles name, or `undefined` where they name none or several. Source:
 * GetInferenceProfile in the API reference of Amazon Bedrock, read 2026-11: a profile lists its model once for each Region that it sends calls to.
 */
export const modelBehind = (arns: readonly string[]): Behind | undefined => {
  const named = arns.flatMap((arn) => parseArn(arn) ?? []);
  const [modelId, ...others] = new Set(named.map(({ name }) => name));
  if (modelId === undefined || others.length > 0 || named.length < arns.length) return undefined;
  const regions = [...new Set(named.flatMap(({ region }) => region ?? []))].sort();
  const worldwide = named.some(({ region }) => region === undefined);
  // An inference profile has its geography in its name.
  const isProfile = named.every(({ type }) => type === 'inference-profile');
  const prefix = isProfile || (regions.length < 2 && !worldwide) ? '' : `${worldwide ? 'global' : geographyOf(regions)}.`;
  return { modelId: `${prefix}${modelId}`, regions, worldwide };
};

/** The id that an ARN of a foundation model or of an inference profile names. */
export const nameInArn = (arn: string): string | undefined => {
  const { type, name } = parseArn(arn) ?? {};
  return type === 'foundation-model' || type === 'inference-profile' ? name : undefined;
};
