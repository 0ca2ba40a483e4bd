import type { Written } from '../../prompt/model';
import { plain } from '../../text/notation';
import { theDocument } from '../../text/place';
import type { Span } from '../../text/span';
import type { Tree, TreeEntry } from '../../text/tree';
import { knownText, type ObjectEntry, type Spot, type Value } from '../values/value';
import { placeOfSpot, shown, type Draft } from './draft';

type Source = Spot['source'];

const scalar = (value: string | number | boolean | null, { at }: Spot): Tree => ({
  kind: 'scalar',
  span: at,
  value,
  inner: at,
  notation: plain,
});

const entryTree = ({ key, value, spot, entry, maybe }: ObjectEntry, source: Source): TreeEntry | undefined => {
  const valueSpot = entry === undefined ? spot : { source: spot.source, at: entry.value.at };
  const tree = maybe ? undefined : treeOf(value(), valueSpot, source);
  return tree && { name: key, key: { value: key, span: entry?.key?.at ?? spot.at }, value: tree, span: spot.at };
};

const ifAll = <T>(items: readonly (T | undefined)[]): readonly T[] | undefined => {
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length ? known : undefined;
};

/** A value as it is written in one file; `undefined` where a part of it is not known or stands elsewhere. */
const treeOf = (value: Value, spot: Spot, source: Source): Tree | undefined => {
  if (spot.source !== source) return undefined;
  switch (value.kind) {
    case 'text': {
      const text = knownText(value);
      return text === undefined ? undefined : scalar(text, spot);
    }
    case 'constant':
      return scalar(value.value, spot);
    case 'list': {
      const items = ifAll(
        value.items.map((item) => (item.gap === undefined ? treeOf(item.value(), item.item ?? spot, source) : undefined)),
      );
      return items && { kind: 'array', span: spot.at, items };
    }
    case 'object': {
      const entries = value.open === undefined ? ifAll(value.entries.map((one) => entryTree(one, source))) : undefined;
      return entries && { kind: 'object', span: spot.at, entries };
    }
    default:
      return undefined;
  }
};

/** Clients that take a request as Converse has it, so that its parts can be compared with what the service takes. */
const isPlain = ({ sent: { client, dialect } }: Draft): boolean =>
  dialect === 'converse' && (client === 'boto3' || client === 'aws-sdk-js');

/** Notes that a part of the request stands so in the document, or as a whole in another file, which is shown at `around`. */
export const noteWritten = (draft: Draft, path: Written['path'], value: Value, spot: Spot, around?: Span): void => {
  if (!isPlain(draft)) return;
  const own = value.kind === 'object' || value.kind === 'list' ? value.spot : spot;
  for (const at of [spot, own]) {
    const tree = treeOf(value, at, at.source);
    if (tree === undefined) continue;
    const { source } = placeOfSpot(draft, at);
    return void draft.written.push({ path, at: { source, tree }, ...(source === theDocument ? {} : { via: shown(draft, spot, around) }) });
  }
};
