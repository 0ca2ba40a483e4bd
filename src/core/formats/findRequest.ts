import { textOfBytes, firstBytes } from '../tokens/bytes';
import type { JsonAnswer } from '../text/jsonTree';
import { parseNestedJson, parseStoodFor } from '../text/nestedJson';
import { member, type StringTree, type Tree } from '../text/tree';

/** Where a JSON value holds a request. */
export interface FoundRequest {
  readonly body: Tree | undefined;
  /** The value around it, or the request itself: who may name the model. */
  readonly whole: Tree | undefined;
  /** The characters of a body that is written as a string. */
  readonly text?: string;
  /** What is wrong with them. */
  readonly inside?: JsonAnswer;
  /** A line of a batch job. */
  readonly batch?: true;
}

const isString = (tree: Tree | undefined): tree is StringTree => tree?.kind === 'scalar' && typeof tree.value === 'string';

const base64 = /^[A-Za-z0-9+/=\s]{16,}$/;

/** Longer bodies are refused by the service. */
const mostBytes = 25_000_000;

/** A body as a string: its JSON, or that in base64, as the AWS CLI asks for it. */
const inString = (source: string, tree: StringTree): Pick<FoundRequest, 'body' | 'text' | 'inside'> | undefined => {
  const value = String(tree.value);
  const isEncoded = base64.test(value.slice(0, 1000)) && base64.test(value);
  const text = isEncoded ? textOfBytes(firstBytes(value, mostBytes)) : value;
  if (!/^\s*\{/.test(text)) return undefined;
  const inside = isEncoded ? parseStoodFor(text, tree) : parseNestedJson(source, tree);
  return { body: inside.tree, text, inside };
};

/** Some tools wrap a request as `{"modelId": …, "body": …}`, as the AWS CLI does, and batch jobs as `{"recordId": …, "modelInput": …}`. */
export const findRequest = (source: string, whole: Tree | undefined): FoundRequest => {
  const [body, input] = [member(whole, 'body'), member(whole, 'modelInput')];
  if (member(whole, 'messages') === undefined) {
    if (input?.kind === 'object') return { body: input, whole, batch: true };
    if (body?.kind === 'object') return { body, whole };
    const found = isString(body) ? inString(source, body) : undefined;
    if (found !== undefined) return { ...found, whole };
  }
  return { body: whole, whole };
};
