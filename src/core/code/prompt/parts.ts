import { piecesOf } from '../evaluate/pieces';
import { knownText, memberOf, valueAt, type ObjectEntry, type ObjectValue, type Spot } from '../values/value';
import { addJson, addMarker, addText, valueSpot, type BlockList } from './blocks';

/** What each client does with markers inside of messages and their parts. */

const lost = ({ draft }: BlockList, entry: ObjectEntry): void =>
  void draft.lost.push({ spot: entry.spot, found: entry.key, reason: 'dialect', client: draft.sent.client, refused: false });

/** Markers of the AI SDK: only that of its Bedrock provider is read. */
const inOptions = (list: BlockList, value: ObjectValue): readonly ObjectEntry[] => {
  const options = valueAt(value, 'providerOptions') ?? valueAt(value, 'providerMetadata');
  const own = valueAt(options, 'bedrock') ?? valueAt(options, 'amazonBedrock');
  const others = [memberOf(own, 'cacheControl'), memberOf(own, 'cache_control'), memberOf(valueAt(options, 'anthropic'), 'cacheControl')];
  const point = memberOf(own, 'cachePoint');
  if (list.draft.sent.api === 'messages') {
    // The provider of Anthropic's models on Bedrock reads the slot of its own name alone.
    const control = memberOf(valueAt(options, 'anthropic'), 'cacheControl');
    if (point !== undefined && control === undefined) lost(list, point);
    return control === undefined ? [] : [control];
  }
  // Whoever sets the slots of several providers means each for its own.
  if (point === undefined) for (const entry of others) if (entry !== undefined) lost(list, entry);
  return point === undefined ? [] : [point];
};

const isNone = (entry: ObjectEntry): boolean => {
  const value = entry.value();
  return value.kind === 'constant' && (value.value === null || value.value === false);
};

/** Markers that an object of a client carries beside its text. */
export const pointsIn = (list: BlockList, value: ObjectValue): readonly ObjectEntry[] => {
  const { client, api } = list.draft.sent;
  const control = memberOf(value, 'cache_control');
  if (client === 'ai-sdk') {
    if (control !== undefined) lost(list, control);
    return inOptions(list, value);
  }
  if (control?.maybe === true) list.draft.mayMark = true;
  if (control === undefined || control.maybe || isNone(control)) return [];
  if (client === 'langchain' && api === 'converse') {
    lost(list, control);
    return [];
  }
  return [control];
};

/** A part of a message's content. */
export const partBlock = (list: BlockList, value: ObjectValue, spot: Spot, item: Spot | undefined): void => {
  const origin = { item, object: value.spot };
  const [text, point] = [memberOf(value, 'text'), memberOf(value, 'cachePoint')];
  const { client, api } = list.draft.sent;
  if (text !== undefined) addText(list, piecesOf(text.value(), valueSpot(text)), spot, origin);
  else if (point !== undefined && client === 'langchain' && api === 'converse') return addMarker(list, point.value(), spot, origin);
  else if (point !== undefined) return lost(list, point);
  else addJson(list, knownText(valueAt(value, 'type')) ?? value.entries[0]?.key ?? 'unknown', value, spot, origin);
  for (const one of pointsIn(list, value)) addMarker(list, one.value(), one.spot, { member: one.spot, object: value.spot });
};
