/** A manifest whose texts for people stand in `package.nls.json`, from where a translation can take their place. */
export interface ManifestTexts {
  readonly manifest: Json;
  readonly texts: Readonly<Record<string, string>>;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Members of the manifest that hold texts for people; those of a list have its name. */
const forPeople =
  /^(?:title|shortTitle|category|description|markdownDescription|enumDescriptions|markdownEnumDescriptions|name|contextualTitle|contents|altText)$/;

/** Parts of the manifest in which they do; elsewhere such a member is a name for programs. */
const parts = ['capabilities', 'contributes'];
const namesForPrograms = new Set(['languages', 'grammars', 'jsonValidation', 'snippets', 'menus', 'keybindings', 'configurationDefaults']);

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an entry of a list is called: by its own name, so that its key stays when the list changes. */
const nameOf = (value: Json, at: number): string => {
  if (!isRecord(value)) return String(at);
  const own = value['command'] ?? value['id'] ?? (value['view'] === undefined ? undefined : `${String(value['view'])}.${String(at)}`);
  return typeof own === 'string' ? own : String(at);
};

const keyOf = (path: readonly string[]): string =>
  path
    .filter((step) => !['contributes', 'properties', 'cachepoint-explorer'].includes(step))
    .join('.')
    .replaceAll('cachepoint.', '');

/** Moves texts that stand in the manifest into the table, and keeps those that are there already. */
export const moveTexts = (manifest: Json, known: Readonly<Record<string, string>>): ManifestTexts => {
  const texts: Record<string, string> = {};
  const placeFor = (text: string, path: readonly string[]): string => {
    const named = /^%(.+)%$/.exec(text)?.[1];
    // All commands have one category.
    const key = named ?? (path.at(-1) === 'category' ? 'category' : keyOf(path));
    texts[key] = named === undefined ? text : (known[named] ?? text);
    return `%${key}%`;
  };
  const walk = (value: Json, path: readonly string[], isText: boolean): Json => {
    if (typeof value === 'string') return isText && value !== '' ? placeFor(value, path) : value;
    if (Array.isArray(value)) return value.map((item: Json, at) => walk(item, [...path, nameOf(item, at)], isText));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) =>
        namesForPrograms.has(key) && path.length === 1 ? [key, inner] : [key, walk(inner, [...path, key], forPeople.test(key))],
      ),
    );
  };
  const moved = isRecord(manifest)
    ? Object.fromEntries(Object.entries(manifest).map(([key, value]) => [key, parts.includes(key) ? walk(value, [key], false) : value]))
    : manifest;
  return { manifest: moved, texts: Object.fromEntries(Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1))) };
};

/** The manifest as people read it: every text in its place again. */
export const withTexts = (manifest: Json, texts: Readonly<Record<string, string>>): Json => {
  if (typeof manifest === 'string') return texts[/^%(.+)%$/.exec(manifest)?.[1] ?? ''] ?? manifest;
  if (Array.isArray(manifest)) return manifest.map((item: Json) => withTexts(item, texts));
  if (!isRecord(manifest)) return manifest;
  return Object.fromEntries(Object.entries(manifest).map(([key, value]) => [key, withTexts(value, texts)]));
};
