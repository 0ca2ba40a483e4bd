/** The operations of Bedrock Runtime that the emulator plays, as the last part of their path. */
export type OperationName = 'converse' | 'converse-stream' | 'invoke' | 'invoke-with-response-stream' | 'count-tokens';

/** Does the operation answer by an event stream? */
export const isStream = (operation: OperationName): boolean =>
  operation === 'converse-stream' || operation === 'invoke-with-response-stream';
