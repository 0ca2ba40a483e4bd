import type { Callable, CallableKind, ModelAccess, Ungiven } from '../runs/account';

/** Where a call may be processed. */
export type Places = Pick<Callable, 'regions' | 'worldwide'>;

const list = (words: readonly string[]): string => {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
};

/** "processed in us-east-1 and us-west-2". */
export const placesText = ({ regions, worldwide }: Places): string =>
  worldwide ? 'processed in any commercial AWS Region' : regions.length === 0 ? '' : `processed in ${list(regions)}`;

/** What a geography's prefix covers. Source: AWS user guide, Cross-Region inference, read 2026-10. */
const geographies: Readonly<Record<string, string>> = {
  us: 'Regions of the United States, and of Canada where the call comes from there',
  'us-gov': 'Regions of AWS GovCloud',
  eu: 'Regions of the European Union and Zurich',
  apac: 'Regions of Asia Pacific',
  jp: 'Regions of Japan',
  au: 'Regions of Australia',
  in: 'Regions of India',
  ca: 'Regions of Canada',
};

/**
 * Where a model's id has its calls processed, as far as the id says: `kind` is the prefix of its profile, `global`, or `inRegion`. A sentence, or
 * nothing where it is not known.
 */
export const processingText = (places: Places | undefined, kind: string | undefined, region: string | undefined): string => {
  if (places !== undefined) return `It may be ${placesText(places)}.`;
  if (kind === undefined) return '';
  if (kind === 'global') return `It may be ${placesText({ regions: [], worldwide: true })}.`;
  if (kind === 'inRegion') return `It is processed in ${region ?? 'the Region of the call'}.`;
  const where = Object.hasOwn(geographies, kind) ? geographies[kind] : undefined;
  return where === undefined ? '' : `It may be processed in ${where}.`;
};

/** Headings of the list of an account's models. */
export const callableTitles: { readonly [K in CallableKind]: string } = {
  applicationProfile: 'Application inference profiles of the account',
  profile: 'Inference profiles',
  model: 'Models in the Region alone',
  router: 'Prompt routers',
  provisioned: 'Provisioned Throughput',
};

/** What one of them is. */
export const callableNames: { readonly [K in CallableKind]: string } = {
  applicationProfile: 'Application inference profile of the account',
  profile: 'Inference profile',
  model: 'Model of the account',
  router: 'Prompt router',
  provisioned: 'Provisioned Throughput',
};

/** What an account told of the model that a prompt names. */
export const accountLine = ({ kind, name, ...places }: Pick<Callable, 'kind' | 'name'> & Places): string => {
  const where = placesText(places);
  return `Listed by the AWS account: ${callableNames[kind]} ${name}${where === '' ? '' : `, ${where}`}.`;
};

/** Why a model of the list cannot be called. */
export const closedText = (name: string, access: ModelAccess): string =>
  access.kind === 'open'
    ? ''
    : `The account has no access to ${name}, so calls will fail (${access.because.join(', ')}). ` +
      'Ask for access in the Bedrock console of this Region.';

/** Lists that were not given, in a line. */
export const ungivenText = (ungiven: readonly Ungiven[]): string =>
  ungiven.length === 0 ? '' : `Not listed, as it was refused: ${ungiven.map(({ action }) => action).join(', ')}`;

/** A right that the credentials lack. */
export const actionDenied = (action: string): string =>
  `These credentials may not do that: ask for the IAM action ${action}, or choose another AWS profile.`;

/** What an ARN turned out to be; the models of a router are those that it chooses between. */
export const resolvedText = ({ kind, name, modelIds, ...places }: Callable): string => {
  const where = placesText(places);
  const tail = where === '' ? '.' : `; calls are ${where}.`;
  return kind === 'router'
    ? `${name} chooses between ${list(modelIds)}${tail} A cache belongs to one of them, so minimums and savings are not told.`
    : `${name} is answered by ${modelIds[0] ?? ''}${tail} Cachepoint remembers it.`;
};

/** Nothing answers behind an ARN, as far as can be asked. */
export const notResolvedText = (arn: string): string =>
  `The account does not say which model answers behind ${arn}. Name it in the setting cachepoint.profileModels.`;

export const notAskable =
  'Models are listed by Amazon Bedrock and by the local emulator. Runs go to an address of its own now, which answers runs only.';
