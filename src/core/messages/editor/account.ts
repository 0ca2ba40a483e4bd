/** What is asked and said about the models of an account. */
export const accountDialogs = {
  noAccess: '$(lock) no access',
  oneOf: (names: readonly string[]): string => names.join(' or '),
  listTitle: (region: string): string => `Models of the AWS account in ${region}`,
  listHint: 'What the prompt should name as its model',
  listing: 'Listing the models of the account',
  notListed: 'The models were not listed.',
  ofAccount: '$(cloud) Models of the AWS Account…',
  ofAccountDetail: 'Profiles, routers and provisioned models as the account lists them, with access and Regions',
  modelTitle: 'Model of the prompt',
  namesNone: 'The prompt names no model',
  namedAlready: 'The model id of this prompt names its model already: only an ARN can hide one.',
  asking: 'Asking which model answers',
  resolveActions: 'bedrock:GetInferenceProfile, bedrock:GetPromptRouter or bedrock:GetProvisionedModelThroughput',
  notAsked: 'Which model answers could not be asked.',
  useAsUsual: 'Use It for Prompts That Name None',
  noPlace: 'This prompt has no place of its own for a model. It is run with the one of the setting cachepoint.defaultModelId.',
} as const;
