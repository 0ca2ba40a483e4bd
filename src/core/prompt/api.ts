/**
 * Which request a prompt is: one of Converse, or a body of InvokeModel as Anthropic's Messages API or as Nova has it; `text`: no call is in sight.
 */
export type Api = 'converse' | 'messages' | 'nova' | 'text';

/** The APIs that a body of InvokeModel can be of. */
export type InvokeApi = 'messages' | 'nova';

/** The APIs that have a request of their own. */
export type RequestApi = Exclude<Api, 'text'>;

/** The request that a prompt is, told apart from Converse's and from text without a call. */
export const invokeApiOf = (api: Api): { readonly api?: InvokeApi } => (api === 'messages' || api === 'nova' ? { api } : {});
