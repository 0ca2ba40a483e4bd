import { isClientForm } from '../formats/requestApi';
import type { InvokeApi } from '../prompt/model';
import { clientBody, mantleBody, messagesBody, novaBody } from '../service/invokeShapes';
import { entryOf, type Tree } from '../text/tree';
import { findFaults, type FoundFault } from './fieldFaults';

/** A system text that is null is no text: clients that send one are refused, where for other members it counts as none. */
const nullSystem = (body: Tree): readonly FoundFault[] => {
  const system = entryOf(body, 'system')?.value;
  return system?.kind === 'scalar' && system.value === null
    ? [{ path: ['system'], span: system.span, fault: { kind: 'type', expected: 'a text or a list of blocks' }, nearest: undefined }]
    : [];
};

/** Which tool is to be called can be said only where there are tools. */
const lonelyChoice = (body: Tree): readonly FoundFault[] => {
  const choice = entryOf(body, 'tool_choice');
  const isChosen = choice !== undefined && choice.value.kind === 'object';
  return isChosen && entryOf(body, 'tools') === undefined
    ? [{ path: [], span: choice.key.span, fault: { kind: 'missing', members: ['tools'] }, nearest: undefined }]
    : [];
};

/** Every part of a body of InvokeModel, or of Messages on bedrock-mantle, that is not as its vendor has it, by the body's own names. */
export const invokeFaults = (body: Tree, api: InvokeApi, onMantle: boolean): readonly FoundFault[] => {
  if (api === 'nova') return findFaults(body, novaBody, []);
  const shape = onMantle ? mantleBody : isClientForm(body) ? clientBody : messagesBody;
  return [...nullSystem(body), ...lonelyChoice(body), ...findFaults(body, shape, [])].sort((a, b) => a.span.start - b.span.start);
};
