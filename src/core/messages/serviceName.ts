/** The name of the service, the same in every language. */
export const bedrock = 'Amazon Bedrock';
