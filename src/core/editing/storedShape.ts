import { shapeAt, type Shape } from '../service/shapes';
import { promptFile, storedPrompt, templatePrompt } from '../service/storedShapes';

/** What a place of a document that keeps prompts holds, and where a Converse request has the same. */
export interface StoredPlace {
  readonly shape: Shape | undefined;
  /** By which it is explained. */
  readonly path: readonly string[];
}

/** Where a request has what a variant has. */
const requestPaths: readonly (readonly [stored: string, request: string])[] = [
  ['templateConfiguration.chat.toolConfiguration', 'toolConfig'],
  ['templateConfiguration.chat', ''],
  ['templateConfiguration.text', ''],
  ['inferenceConfiguration.text', 'inferenceConfig'],
];

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** A path in a variant as one in a request. */
const inRequest = (path: readonly string[]): readonly string[] => {
  const whole = `${path.map(lower).join('.')}.`;
  const found = requestPaths.find(([stored]) => whole.startsWith(`${stored}.`));
  if (found === undefined) return path.map(lower);
  const [stored, request] = found;
  return [...(request === '' ? [] : [request]), ...path.map(lower).slice(stored.split('.').length)];
};

const ofPrompt = (root: Shape, path: readonly string[]): StoredPlace => {
  const [list, entry, ...inside] = path;
  return { shape: shapeAt(root, path), path: list?.toLowerCase() === 'variants' && entry === '*' ? inRequest(inside) : path };
};

/** Keys under which prompt files keep lists whose entries the service knows. */
const fileLists: readonly string[] = ['system', 'messages', 'tools'];

/** In a YAML file of prompts the names around a prompt are free: what is known begins with its lists. */
const inFile = (path: readonly string[]): StoredPlace => {
  const at = path.findIndex((step) => fileLists.includes(step));
  const inside = at === -1 ? path : path.slice(at);
  const known = inside[0] === 'tools' ? ['toolConfig', ...inside] : inside;
  return { shape: at === -1 ? (path.length === 0 ? promptFile : undefined) : shapeAt(promptFile, inside), path: known };
};

const nothing: StoredPlace = { shape: undefined, path: [] };

/** The type of a resource, where it stands before its properties, in YAML or JSON. */
const typeOf = (text: string, resource: string): string | undefined =>
  /^\w+$/.test(resource)
    ? new RegExp(`(?:^|[\\s{,])"?${resource}"?\\s*:[^]*?\\bType"?\\s*:\\s*["']?([\\w:]+)`, 'm').exec(text)?.[1]
    : undefined;

const inTemplate = (text: string, path: readonly string[]): StoredPlace => {
  const [resources, name = '', properties, ...inside] = path;
  if (resources !== 'Resources' || properties !== 'Properties' || typeOf(text, name) !== 'AWS::Bedrock::Prompt') return nothing;
  return ofPrompt(templatePrompt, inside);
};

/** Documents of tools whose members are their own. */
const others = /^["{ ]*"?(?:model_list|interactions|http_interactions)"?\s*:/m;

/** What stands at each path of names of a document that keeps prompts: a template, a prompt of Prompt Management, one variant, a prompt file. */
export const storedPlaces = (text: string, isJson: boolean): ((path: readonly string[]) => StoredPlace) => {
  if (text.includes('AWS::Bedrock::Prompt')) return (path) => inTemplate(text, path);
  if (others.test(text)) return () => nothing;
  if (/["']?\bvariants["']?\s*:/.test(text)) return (path) => ofPrompt(storedPrompt, path);
  if (/["']?\btemplateConfiguration["']?\s*:/.test(text))
    return (path) => ({ shape: shapeAt(storedPrompt, ['variants', '*', ...path]), path: inRequest(path) });
  return isJson ? () => nothing : inFile;
};
