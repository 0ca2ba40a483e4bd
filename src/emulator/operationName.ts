/**
 * The operations that the emulator plays: of Bedrock Runtime, as the last part of their path, and of the Messages API of bedrock-mantle, whose path
 * does not say whether a stream is asked for.
 */
export type OperationName =
  | 'converse'
  | 'converse-stream'
  | 'invoke'
  | 'invoke-with-response-stream'
  | 'count-tokens'
  | 'messages'
  | 'messages-stream'
  | 'messages-count';

/** Does the operation answer by an event stream? */
export const isStream = (operation: OperationName): boolean =>
  operation === 'converse-stream' || operation === 'invoke-with-response-stream' || operation === 'messages-stream';

/** Does it count tokens, without a model? */
export const isCount = (operation: OperationName): boolean => operation === 'count-tokens' || operation === 'messages-count';
