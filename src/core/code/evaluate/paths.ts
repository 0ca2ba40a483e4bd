import { joinPath } from '../../text/path';
import { knownText, type Frame, type PathValue, type Spot, type Value } from '../values/value';

const partOf = (value: Value): string | undefined => (value.kind === 'path' ? value.path : knownText(value));

/** A path made of parts, the first of which says where it begins; `undefined` where a part is not known. */
export const joinPaths = (parts: readonly Value[], spot: Spot): PathValue | undefined => {
  const texts = parts.map(partOf);
  const [first] = parts;
  if (first === undefined || texts.includes(undefined)) return undefined;
  if (first.kind !== 'path' && !parts.some(({ kind }) => kind === 'path') && parts.length < 2) return undefined;
  const path = texts.reduce<string>((folder, part) => joinPath(folder === '' ? '' : `${folder}/`, part ?? ''), '');
  return { kind: 'path', path, from: first.kind === 'path' ? first.from : 'start', spot };
};

/** What a name says that stands for where the file itself lies. */
export const filePath = (name: string, frame: Frame): PathValue | undefined => {
  const file = frame.module.path === '' ? '_' : frame.module.path;
  const spot = { source: frame.module.source, at: { start: 0, end: 0 } };
  const own: PathValue = { kind: 'path', path: file, from: 'document', spot };
  if (/^(?:__file__|__filename|import\.meta\.(?:url|filename|path))$/.test(name)) return own;
  if (!/^(?:__dirname|import\.meta\.(?:dirname|dir))$/.test(name)) return undefined;
  return { ...own, path: file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '' };
};

/** The folder of a path, so many steps up. */
export const parentOf = (value: PathValue, steps: number): PathValue => {
  const up = Array.from({ length: steps }, () => '..').join('/');
  return { ...value, path: joinPath(`${value.path}/`, up) };
};

/** A text or a path as a path. */
export const asPath = (value: Value | undefined, spot: Spot): PathValue | undefined => {
  if (value?.kind === 'path') return value;
  const text = knownText(value);
  return text === undefined ? undefined : { kind: 'path', path: joinPath('', text), from: 'start', spot };
};
