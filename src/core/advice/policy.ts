import type { PolicyResource, PolicyUse } from './policyUse';

/** The least that lets somebody run the prompts of a workspace, as an IAM policy. */

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** What is known of the account besides the prompts. */
export interface PolicyFacts {
  /** Of the run; `undefined`: any. */
  readonly region: string | undefined;
  /** Twelve digits; `undefined`: any. */
  readonly account: string | undefined;
  /** Calls are made with an Amazon Bedrock API key. */
  readonly withApiKey: boolean;
  /** What the account says of an id or an ARN: the models that may answer, and the Regions in which. `undefined`: it was not asked, or does not say. */
  destinationsOf(id: string): Destinations | undefined;
}

export interface Destinations {
  readonly modelIds: readonly string[];
  readonly regions: readonly string[];
  /** Any commercial Region. */
  readonly worldwide: boolean;
}

/** What the person has to know of the policy. */
export type PolicyNote =
  /** Nothing says which model answers behind it, so any is allowed. */
  | { readonly kind: 'anyModel'; readonly id: string }
  /** No account is known, so the resources name any. */
  | { readonly kind: 'anyAccount' }
  /** Where a profile leads was not asked, so the models are allowed in any Region. */
  | { readonly kind: 'anyRegion' }
  /** Some prompts name no model. */
  | { readonly kind: 'noModel'; readonly prompts: number };

/** The partition of a Region, as ARNs name it. Source: partitions of the AWS SDK, 2026-11. */
const partitionOf = (region: string | undefined): string => {
  if (region?.startsWith('cn-') === true) return 'aws-cn';
  if (region?.startsWith('us-gov-') === true) return 'aws-us-gov';
  if (region?.startsWith('eusc-') === true) return 'aws-eusc';
  const iso = /^(?:us-iso([bf]?)|eu-iso(e))-/.exec(region ?? '');
  return iso === null ? 'aws' : `aws-iso${iso[1] || iso[2] ? `-${iso[1] || iso[2]}` : ''}`;
};

interface Asked {
  readonly resources: readonly string[];
  readonly notes: readonly PolicyNote[];
}

const modelArns = (id: string, regions: readonly string[], facts: PolicyFacts): readonly string[] =>
  regions.map((region) => `arn:${partitionOf(facts.region)}:bedrock:${region}::foundation-model/${id}`);

/** The models after a profile or a router. A global profile also reaches them without a Region (user guide, Prerequisites for inference profiles). */
const behind = (id: string, modelIds: readonly string[], isGlobal: boolean, facts: PolicyFacts): Asked => {
  const known = facts.destinationsOf(id);
  const regions = known === undefined || known.worldwide || known.regions.length === 0 ? ['*'] : known.regions;
  const models = known === undefined || known.modelIds.length === 0 ? modelIds : known.modelIds;
  const everywhere = isGlobal || known?.worldwide === true ? [''] : [];
  return {
    resources: (models.length === 0 ? ['*'] : models).flatMap((model) => modelArns(model, [...everywhere, ...regions], facts)),
    notes: [
      ...(models.length === 0 ? [{ kind: 'anyModel', id } as const] : []),
      ...(known === undefined ? [{ kind: 'anyRegion' } as const] : []),
    ],
  };
};

/** Resources that lead to other models; a call of theirs needs both. */
const leadsOn: readonly string[] = ['applicationProfile', 'promptRouter', 'prompt'];

const ownArn = (type: string, name: string, { region, account }: PolicyFacts): string =>
  `arn:${partitionOf(region)}:bedrock:${region ?? '*'}:${account ?? '*'}:${type}/${name}`;

const resourcesOf = (resource: PolicyResource, facts: PolicyFacts): Asked => {
  const anyAccount: readonly PolicyNote[] = facts.account === undefined ? [{ kind: 'anyAccount' }] : [];
  switch (resource.kind) {
    case 'model':
    case 'unknown':
      return { resources: modelArns(resource.id, [facts.region ?? '*'], facts), notes: [] };
    case 'profile': {
      const id = `${resource.prefix}.${resource.modelId}`;
      const { resources, notes } = behind(id, [resource.modelId], resource.prefix === 'global', facts);
      return { resources: [ownArn('inference-profile', id, facts), ...resources], notes: [...notes, ...anyAccount] };
    }
    case 'opaque': {
      const { arn, modelId } = resource;
      if (!leadsOn.includes(resource.resource)) return { resources: [arn], notes: [] };
      const { resources, notes } = behind(arn, modelId === undefined ? [] : [modelId], false, facts);
      return { resources: [arn, ...resources], notes };
    }
  }
};

const unique = <T>(values: readonly T[], keyOf: (value: T) => string = String): readonly T[] => [
  ...new Map(values.map((value) => [keyOf(value), value])).values(),
];

const sorted = (values: readonly string[]): readonly string[] => [...unique(values)].sort();

const runActions: { readonly [D in PolicyUse['door']]: string } = {
  ConverseStream: 'bedrock:InvokeModelWithResponseStream',
  InvokeModelWithResponseStream: 'bedrock:InvokeModelWithResponseStream',
  Converse: 'bedrock:InvokeModel',
  InvokeModel: 'bedrock:InvokeModel',
  Messages: 'bedrock-mantle:CreateInference',
};

const statement = (sid: string, actions: readonly string[], resources: readonly string[]): readonly Statement[] =>
  actions.length === 0 || resources.length === 0
    ? []
    : [{ Sid: `Cachepoint${sid}`, Effect: 'Allow', Action: sorted(actions), Resource: sorted(resources) }];

const baseIdOf = (resource: PolicyResource): string | undefined =>
  resource.kind === 'model' ? resource.id : 'modelId' in resource ? resource.modelId : undefined;

const onRuntime = ({ door }: PolicyUse): boolean => door !== 'Messages';

/** One statement for each set of actions: resources that need the same stand together. */
const runStatements = (uses: readonly PolicyUse[], facts: PolicyFacts): readonly Statement[] => {
  const actions = new Map<string, Set<string>>();
  for (const use of uses.filter(onRuntime))
    for (const arn of resourcesOf(use.resource, facts).resources)
      actions.set(arn, (actions.get(arn) ?? new Set()).add(runActions[use.door]));
  const sets = sorted([...actions.values()].map((one) => sorted([...one]).join()));
  return sets.flatMap((set, at) =>
    statement(
      `Runs${sets.length === 1 ? '' : at + 1}`,
      set.split(','),
      [...actions].filter(([, one]) => sorted([...one]).join() === set).map(([arn]) => arn),
    ),
  );
};

/** The least policy for these prompts, and what has to be said of it. `unnamed`: how many prompts name no model. */
export const leastPolicy = (
  uses: readonly PolicyUse[],
  unnamed: number,
  facts: PolicyFacts,
): { readonly policy: Policy; readonly notes: readonly PolicyNote[] } => {
  const { region, account } = facts;
  const mantle = uses.filter((use) => !onRuntime(use));
  const counts = uses.filter(({ counted }) => counted === 'runtime').flatMap(({ resource }) => baseIdOf(resource) ?? []);
  const prompts = uses.flatMap(({ resource }) => (resource.kind === 'opaque' && resource.resource === 'prompt' ? [resource.arn] : []));
  const project = `arn:${partitionOf(region)}:bedrock-mantle:${region ?? '*'}:${account ?? '*'}:project/*`;
  const mantleActions = [
    ...(mantle.length > 0 ? [runActions.Messages] : []),
    ...(uses.some(({ counted }) => counted === 'mantle') ? ['bedrock-mantle:CountTokens'] : []),
  ];
  const statements = [
    ...runStatements(uses, facts),
    ...statement(
      'Counts',
      ['bedrock:CountTokens'],
      unique(counts).flatMap((id) => modelArns(id, [region ?? '*'], facts)),
    ),
    ...statement('StoredPrompts', ['bedrock:RenderPrompt'], prompts),
    ...statement('Mantle', mantleActions, [project]),
    ...(facts.withApiKey ? statement('ApiKey', ['bedrock:CallWithBearerToken'], ['*']) : []),
  ];
  const notes = [
    ...uses.filter(onRuntime).flatMap(({ resource }) => resourcesOf(resource, facts).notes),
    ...(account === undefined && mantleActions.length > 0 ? [{ kind: 'anyAccount' } as const] : []),
    ...(unnamed > 0 ? [{ kind: 'noModel', prompts: unnamed } as const] : []),
  ];
  return { policy: { Version: '2012-10-17', Statement: statements }, notes: unique(notes, (note) => JSON.stringify(note)) };
};

/** As AWS takes it. */
export const policyText = (policy: Policy): string => `${JSON.stringify(policy, undefined, 2)}\n`;
