/** A file of the catalog with an entry more. */
export interface ModelScaffold {
  readonly path: string;
  readonly text: string;
}

/** How the entries of a vendor are added. Figures of 0 and words in capitals are refused by `catalog.test`. */
interface Vendor {
  readonly ids: RegExp;
  readonly path: string;
  readonly add: (text: string, id: string) => string;
}

/** Puts a text before a place that must be there. */
const before = (text: string, place: RegExp, added: string): string => {
  const at = text.search(place);
  if (at === -1) throw new Error(`There is no place for it: ${place.source}`);
  return text.slice(0, at) + added + text.slice(at);
};

const claude = (id: string): string => `  recent({
    id: '${id}',
    name: 'NAME',
    sources: ['SOURCE'],
    caching: upToAnHour(0),
    toolPromptOf: 'Sonnet 5',
    prices: priced(0, 0, 0, 0, 0),
  }),
`;

const nova = (id: string): string => `  model({
    id: '${id}',
    name: 'NAME',
    profiles: ['us'],
    sources: ['SOURCE'],
    tokens: 'nova-2',
    contextWindow: 0,
    maxOutputTokens: 0,
    prices: { global: prices(0, 0, 0) },
  }),
`;

/** A row among those of its vendor, or the first of a new one. */
const withRow = (text: string, id: string): string => {
  const [prefix = ''] = id.split('.', 1);
  const row = `      ['${id.slice(prefix.length + 1)}', 'NAME', 0, 0, 0, 0],\n`;
  const start = text.indexOf(`    '${prefix}',\n`);
  if (start !== -1) return text.slice(0, start) + before(text.slice(start), /^ {4}\],$/m, row);
  return before(text, /^\];\n\n(?=const toEntry\b)/m, `  [\n    '${prefix}',\n    'VENDOR',\n    'other',\n    [\n${row}    ],\n  ],\n`);
};

const vendors: readonly Vendor[] = [
  {
    ids: /^anthropic\./,
    path: 'src/core/models/claude.ts',
    add: (text, id) => before(text, /^\];\n\n(?=const mythos\b)/m, claude(id)),
  },
  { ids: /^amazon\./, path: 'src/core/models/nova.ts', add: (text, id) => before(text, /^\];\n(?![^])/m, nova(id)) },
  { ids: /./, path: 'src/core/models/uncached.ts', add: withRow },
];

/** Why a word is no id for a new model, `undefined` where it is one. */
export const faultOfId = (id: string, taken: readonly string[]): string | undefined => {
  if (taken.includes(id)) return `The catalog has ${id} already.`;
  if (/^[a-z][a-z0-9-]*\.[a-z0-9][a-z0-9.:-]*$/.test(id)) return undefined;
  return `An id is that of the base model, without the prefix of a profile, such as anthropic.claude-opus-5. Given: ${id}`;
};

/** The file in which models of this vendor stand, with an entry for a new one. */
export const scaffoldModel = (id: string, read: (path: string) => string): ModelScaffold => {
  const vendor = vendors.find(({ ids }) => ids.test(id));
  if (vendor === undefined) throw new Error(`No file holds models such as ${id}.`);
  return { path: vendor.path, text: vendor.add(read(vendor.path), id) };
};
