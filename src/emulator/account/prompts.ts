import type { Json, JsonObject } from '../../core/text/json';
import { invalid, serviceError, type ServiceError } from '../errors';
import { isObject, listOf, objectOf, objectsOf, parseJson, stringOf } from '../json';
import { accountId } from './account';
import { examplePrompt } from './examplePrompt';

/** Prompt Management of the emulated account, in memory: each Region has prompts of its own, and an example to begin with. */

/** Limits of a prompt. Source: quotas of Amazon Bedrock, Prompt management, read 2026-11. */
const most = { variables: 20, characters: 200_000, variants: 3, versions: 10 } as const;

interface Kept {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: string;
  draft: Version;
  readonly versions: Version[];
}

interface Version {
  readonly version: string;
  readonly updatedAt: string;
  readonly content: JsonObject;
}

/** An answer, with its status. */
export type StoreAnswer = { readonly status: number; readonly body: JsonObject } | ServiceError;

export interface PromptStore {
  list(region: string, id: string | undefined): readonly JsonObject[] | ServiceError;
  get(region: string, id: string, version: string | undefined): StoreAnswer;
  create(region: string, text: string): StoreAnswer;
  update(region: string, id: string, text: string): StoreAnswer;
  createVersion(region: string, id: string): StoreAnswer;
  /** The model that a prompt's ARN runs on; a version may stand behind it. */
  modelOf(arn: string): string | undefined;
}

const missing = serviceError('ResourceNotFoundException', 'Could not find resource. Verify the prompt identifier and version, and retry.');

const members = ['name', 'description', 'customerEncryptionKeyArn', 'defaultVariant', 'variants'] as const;
const known: ReadonlySet<string> = new Set([...members, 'clientToken', 'tags']);

const charactersOf = (value: Json | undefined): number => {
  if (Array.isArray(value)) return listOf(value).reduce((sum: number, one) => sum + charactersOf(one), 0);
  if (!isObject(value)) return 0;
  const { text, content, system, messages } = value;
  if (typeof text === 'string') return text.length;
  return [text, content, system, messages].reduce((sum: number, one) => sum + charactersOf(one), 0);
};

const variantFault = (variant: JsonObject): string | undefined => {
  const template = objectOf(variant['templateConfiguration']);
  const part = objectOf(template['chat'] ?? template['text']);
  if (stringOf(variant['name']) === undefined) return 'variants.1.member.name failed to satisfy constraint: Member must not be null';
  if (template['chat'] === undefined && template['text'] === undefined)
    return 'templateConfiguration must set one of the following keys: text, chat';
  if (listOf(part['inputVariables']).length > most.variables)
    return `inputVariables failed to satisfy constraint: Member must have length less than or equal to ${most.variables}`;
  const characters = charactersOf(template['chat']) + charactersOf(template['text']);
  if (characters > most.characters) return `The prompt has ${characters} characters; the maximum is ${most.characters}`;
  return JSON.stringify(variant).includes('"ttl"') ? 'cachePoint: extraneous key [ttl] is not permitted' : undefined;
};

const faultIn = (body: Json | undefined): string | undefined => {
  if (!isObject(body)) return 'Unable to parse the request body.';
  const surplus = Object.keys(body).find((name) => !known.has(name));
  if (surplus !== undefined) return `extraneous key [${surplus}] is not permitted`;
  if (!/^(?:[0-9a-zA-Z][_-]?){1,100}$/.test(stringOf(body['name']) ?? ''))
    return 'name failed to satisfy constraint: Member must satisfy regular expression pattern';
  const variants = objectsOf(body['variants']);
  if (variants.length > most.variants)
    return `variants failed to satisfy constraint: Member must have length less than or equal to ${most.variants}`;
  return variants.map(variantFault).find((fault) => fault !== undefined);
};

const told = ({ id, arn, createdAt }: Kept, { version, updatedAt, content }: Version): JsonObject => ({
  ...content,
  id,
  arn: version === 'DRAFT' ? arn : `${arn}:${version}`,
  version,
  createdAt,
  updatedAt,
});

const summaryOf = (kept: Kept, version: Version): JsonObject => {
  const { variants: _variants, defaultVariant: _variant, ...summary } = told(kept, version);
  return summary;
};

/** `newId`: of ten characters or more. */
export const createPromptStore = (now: () => number, newId: () => string): PromptStore => {
  const regions = new Map<string, Map<string, Kept>>();
  const time = (): string => new Date(now()).toISOString();
  const keep = (region: string, id: string, content: JsonObject): Kept => {
    const draft = { version: 'DRAFT', updatedAt: time(), content };
    const kept: Kept = { id, arn: `arn:aws:bedrock:${region}:${accountId}:prompt/${id}`, createdAt: time(), draft, versions: [] };
    promptsIn(region).set(id, kept);
    return kept;
  };
  const promptsIn = (region: string): Map<string, Kept> => {
    const there = regions.get(region);
    if (there !== undefined) return there;
    const fresh = new Map<string, Kept>();
    regions.set(region, fresh);
    keep(region, 'CACHEPOINT', examplePrompt);
    return fresh;
  };
  const find = (region: string, name: string): Kept | undefined => promptsIn(region).get(/:prompt\/([^:]+)/.exec(name)?.[1] ?? name);
  const read = (text: string): JsonObject | ServiceError => {
    const body = parseJson(text);
    const fault = faultIn(body);
    if (fault !== undefined) return invalid(fault);
    const given = objectOf(body);
    return Object.fromEntries(members.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])));
  };
  const isRefusal = (value: JsonObject | ServiceError): value is ServiceError => typeof value['status'] === 'number';
  return {
    list(region, id) {
      if (id === undefined) return [...promptsIn(region).values()].map((kept) => summaryOf(kept, kept.draft));
      const kept = find(region, id);
      return kept === undefined ? missing : [kept.draft, ...kept.versions].map((version) => summaryOf(kept, version));
    },
    get(region, id, version = 'DRAFT') {
      const kept = find(region, id);
      const found = version === 'DRAFT' ? kept?.draft : kept?.versions.find((one) => one.version === version);
      return kept === undefined || found === undefined ? missing : { status: 200, body: told(kept, found) };
    },
    create(region, text) {
      const content = read(text);
      if (isRefusal(content)) return content;
      const id = newId()
        .replace(/[^a-zA-Z0-9]/g, '')
        .toUpperCase()
        .padEnd(10, '0')
        .slice(-10);
      const kept = keep(region, id, content);
      return { status: 201, body: told(kept, kept.draft) };
    },
    update(region, id, text) {
      const kept = find(region, id);
      if (kept === undefined) return missing;
      const content = read(text);
      if (isRefusal(content)) return content;
      kept.draft = { version: 'DRAFT', updatedAt: time(), content };
      return { status: 200, body: told(kept, kept.draft) };
    },
    createVersion(region, id) {
      const kept = find(region, id);
      if (kept === undefined) return missing;
      if (kept.versions.length >= most.versions)
        return serviceError('ServiceQuotaExceededException', `The maximum of ${most.versions} versions for each prompt is reached.`);
      const version = { ...kept.draft, version: String(kept.versions.length + 1), updatedAt: time() };
      kept.versions.push(version);
      return { status: 201, body: told(kept, version) };
    },
    modelOf(arn) {
      const [, region = '', id = '', version] = /^arn:aws:bedrock:([a-z0-9-]+):\d+:prompt\/([^:]+)(?::(\d+))?$/.exec(arn) ?? [];
      const kept = id === '' ? undefined : find(region, id);
      const found = version === undefined ? kept?.draft : kept?.versions.find((one) => one.version === version);
      return stringOf(objectsOf(found?.content['variants'])[0]?.['modelId']);
    },
  };
};
