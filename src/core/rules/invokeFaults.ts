import { isMarkerName } from '../formats/markerDialect';
import { isClientForm } from '../formats/requestApi';
import type { InvokeApi } from '../prompt/model';
import { clientBody, mantleBody, messagesBlocks, messagesBody, novaBody } from '../service/invokeShapes';
import { nearestWord } from '../text/nearest';
import { entryOf, member, stringValue, type Tree } from '../text/tree';
import { findFaults, type FoundFault } from './fieldFaults';

type Path = FoundFault['path'];

const typesOf = (kind: 'block' | 'tool'): readonly string[] =>
  Object.keys(messagesBlocks).filter((type) => (type === 'custom') === (kind === 'tool'));
const blockTypes = typesOf('block');

/** A block by its own type; what no shape describes is not judged, but for a type that is a slip. */
function* inBlock(block: Tree, path: Path, usual: string | undefined): Generator<FoundFault> {
  if (block.kind !== 'object') return yield { path, span: block.span, fault: { kind: 'type', expected: 'an object' }, nearest: undefined };
  const written = entryOf(block, 'type');
  const type = stringValue(written?.value) ?? usual;
  if (type === undefined) {
    const marker = block.entries.find(({ name }) => isMarkerName(name));
    if (marker !== undefined) yield { path: [...path, marker.name], span: marker.key.span, fault: { kind: 'dialect' }, nearest: undefined };
    else yield { path, span: block.span, fault: { kind: 'missing', members: ['type'] }, nearest: undefined };
    return;
  }
  const shape = Object.hasOwn(messagesBlocks, type) ? messagesBlocks[type] : undefined;
  if (shape !== undefined) yield* findFaults(block, shape, path);
  else if (written !== undefined && isMarkerName(type))
    yield { path: [...path, 'type'], span: written.key.span, fault: { kind: 'dialect' }, nearest: undefined };
  else {
    const nearest = usual === undefined && written !== undefined ? nearestWord(type, blockTypes, 2) : undefined;
    if (nearest !== undefined && written !== undefined)
      yield { path: [...path, 'type'], span: written.value.span, fault: { kind: 'value', expected: blockTypes, isSure: true }, nearest };
  }
}

function* inList(content: Tree | undefined, path: Path, usual?: string): Generator<FoundFault> {
  if (content === undefined || stringValue(content) !== undefined) return;
  if (content.kind !== 'array')
    yield { path, span: content.span, fault: { kind: 'type', expected: 'a text or a list of blocks' }, nearest: undefined };
  else for (const [index, item] of content.items.entries()) yield* inBlock(item, [...path, index], usual);
}

function* inMessages(body: Tree, onMantle: boolean): Generator<FoundFault> {
  yield* findFaults(body, onMantle ? mantleBody : isClientForm(body) ? clientBody : messagesBody, []);
  const [tools, messages] = [member(body, 'tools'), member(body, 'messages')];
  if (tools?.kind === 'array') yield* inList(tools, ['tools'], 'custom');
  yield* inList(member(body, 'system'), ['system']);
  if (messages?.kind === 'array')
    for (const [index, message] of messages.items.entries()) yield* inList(member(message, 'content'), ['messages', index, 'content']);
}

/** Every part of a body of InvokeModel, or of Messages on bedrock-mantle, that is not as its vendor has it, by the body's own names. */
export const invokeFaults = (body: Tree, api: InvokeApi, onMantle: boolean): readonly FoundFault[] =>
  [...(api === 'messages' ? inMessages(body, onMantle) : findFaults(body, novaBody, []))].sort((a, b) => a.span.start - b.span.start);
