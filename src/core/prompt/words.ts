/** The words of the prompt file, once: the parser, the completion and the grammar's test read them here. */

export const roles = ['system', 'user', 'assistant'] as const;
export type Role = (typeof roles)[number];

/** The word of the cache marker, as the Converse API spells it. */
export const markerWord = 'cachePoint';

export const ttlWords = ['5m', '1h'] as const;
export type Ttl = (typeof ttlWords)[number];

/** Document formats of Converse, by file extension. Source: service model bedrock-runtime/2023-09-30, DocumentFormat. */
export const documentFormats = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'] as const;

/** Image formats of Converse, by file extension. Source: service model bedrock-runtime/2023-09-30, ImageFormat. */
export const imageFormats: Readonly<Record<string, string>> = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', gif: 'gif', webp: 'webp' };

/** How often a variable's value changes: never, once a session, with each request, or with each request by getting longer. */
export const variesWords = ['never', 'session', 'request', 'grows'] as const;
export type VariesWord = (typeof variesWords)[number];

/** How often a text changes. One that grows is another one in each request. */
export type Varies = Exclude<VariesWord, 'grows'>;
