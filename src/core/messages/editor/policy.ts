/** What is asked and said where an IAM policy is written for the prompts of a workspace. */
export const policyDialogs = {
  fromPrompts: 'From the prompts alone',
  fromPromptsDetail: 'Nothing is sent. Models are allowed in any Region that their profiles may lead to',
  fromAws: 'Ask AWS for the account and its profiles',
  fromAwsDetail: 'Signs in, and asks where the profiles lead: the policy is narrower',
  looking: 'Looking for prompts',
  nothingToAllow: 'No prompt of this workspace names a model, so there is nothing to allow.',
  title: 'IAM policy for the prompts of this workspace',
  asking: 'Asking AWS for the account and its profiles',
} as const;
