const imports = [
  "import { readFileSync } from 'node:fs';",
  "import { basename, dirname, join } from 'node:path';",
  "import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';",
  "import { parse } from 'yaml';",
].join('\n');

/** A module of TypeScript that reads prompt files when a program runs: what `formats/bedrockPrompt` reads, as a request of Converse. */
export const typescriptReader = String.raw`// Reads prompt files (*.bedrock.md) as requests of Converse on Amazon Bedrock. Needs the package yaml.
${imports}

type Values = Record<string, unknown>;
type Json = any;

const own = new Set(['name', 'description', 'variables', 'samples', 'static', 'traffic']);
const roleLine = /^#?[ \t]*(system|user|assistant)[ \t]*:[ \t]*$/i;
const markerLine = /^<!--[ \t]*cachePoint(?:[ \t]+ttl[ \t]*=[ \t]*["']?([^\s"']+)["']?)?[ \t]*-->[ \t]*$/;
const ignoreLine = /^<!--[ \t]*cachepoint-ignore\b.*-->[ \t]*$/;
const fileLine = /^(!?)\[([^\]]*)\]\((?:<([^<>]+)>|([^\s()<>]+))\)[ \t]*$/;
const fenceLine = /^ {0,3}(${'`'}{3,}|~{3,})(.*)$/;
const hole = /\\\{\{|\{\{[ \t]*([A-Za-z_][\w.-]*)[ \t]*\}\}|\{\{>([^\r\n{}]+)\}\}/g;
const images: Record<string, string> = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', gif: 'gif', webp: 'webp' };
const documents = new Set(['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md']);

const read = (file: string): string => readFileSync(file, 'utf8').replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
const included = (file: string): string => read(file).replace(/\n+$/, '');

const fill = (text: string, file: string, values: Values): string =>
  text.replace(hole, (_all, name?: string, path?: string) => {
    if (name !== undefined) {
      const value = values[name];
      if (value === undefined) throw new Error('There is no value for ' + name);
      return String(value);
    }
    if (path === undefined) return '{{';
    const other = join(dirname(file), path.trim());
    return fill(included(other), other, values);
  });

const filled = (value: Json, file: string, values: Values): Json => {
  if (typeof value === 'string') return fill(value, file, values);
  if (Array.isArray(value)) return value.map((item) => filled(item, file, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, file, values)]));
};

/** For each line that opens a fence, the line that closes it. */
const fencesIn = (lines: string[]): Map<number, number> => {
  const ends = new Map<number, number>();
  for (let at = 0; at < lines.length; at += 1) {
    const [, run = '', info = ''] = fenceLine.exec(lines[at] ?? '') ?? [];
    const sign = run.charAt(0);
    if (run === '' || (sign === '${'`'}' && info.includes('${'`'}'))) continue;
    const close = new RegExp('^ {0,3}' + sign + '{' + run.length + ',}[ \\t]*$');
    const end = lines.findIndex((line, index) => index > at && close.test(line));
    if (end === -1) continue;
    ends.set(at, end);
    at = end;
  }
  return ends;
};

const sectionsIn = (body: string): { role: string; parts: string[][] }[] => {
  const lines = body.split('\n');
  const ends = fencesIn(lines);
  const sections = [{ role: 'system', parts: [] as string[][] }];
  for (let at = 0; at < lines.length; at += 1) {
    const end = ends.get(at) ?? at;
    const role = end === at ? roleLine.exec((lines[at] ?? '').replace(/^[ \t]+/, ''))?.[1] : undefined;
    if (role !== undefined) sections.push({ role: role.toLowerCase(), parts: [] });
    else sections.at(-1)?.parts.push(lines.slice(at, end + 1));
    at = end;
  }
  return sections;
};

const fileBlock = (line: string, file: string): Json | undefined => {
  const [, bang, name = '', bracketed, plain] = fileLine.exec(line) ?? [];
  const target = bracketed ?? plain ?? '';
  const isS3 = target.startsWith('s3://');
  if (target === '' || target.includes('{{') || (/^[a-z][a-z\d+.-]+:/i.test(target) && !isS3)) return undefined;
  const ending = target.slice(target.lastIndexOf('.') + 1).toLowerCase();
  const source = () => (isS3 ? { s3Location: { uri: target } } : { bytes: readFileSync(join(dirname(file), target)) });
  if (bang === '!' && images[ending] !== undefined) return { image: { format: images[ending], source: source() } };
  if (bang !== '' || !documents.has(ending)) return undefined;
  const own = basename(target).replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9\s\-()[\]]/g, '-');
  return { document: { format: ending, name: name.trim() === '' ? own : name, source: source() } };
};

const blocksIn = (role: string, parts: string[][], file: string, values: Values): Json[] => {
  const blocks: Json[] = [];
  let text: string[] = [];
  const close = () => {
    while (text[0]?.trim() === '') text.shift();
    while (text.at(-1)?.trim() === '') text.pop();
    if (text.length > 0) blocks.push({ text: fill(text.join('\n'), file, values) });
    text = [];
  };
  for (const part of parts) {
    const [first = ''] = part;
    const line = first.replace(/^[ \t]+/, '');
    const marker = markerLine.exec(line);
    const block = role === 'system' || part.length > 1 ? undefined : fileBlock(line, file);
    if (part.length > 1 && fenceLine.exec(first)?.[2]?.trim() !== 'converse') text.push(...part);
    else if (part.length > 1) {
      close();
      blocks.push(filled(JSON.parse(part.slice(1, -1).join('\n')), file, values));
    } else if (ignoreLine.test(line)) continue;
    else if (marker !== null) {
      close();
      blocks.push({ cachePoint: { type: 'default', ...(marker[1] === undefined ? {} : { ttl: marker[1] }) } });
    } else if (block !== undefined) {
      close();
      blocks.push(block);
    } else text.push(line.startsWith('\\') && roleLine.test(line.slice(1)) ? first.replace('\\', '') : first);
  }
  close();
  return blocks;
};

/** The request that a prompt file makes with these values. */
export const loadPrompt = (file: string, given: Values = {}): ConverseCommandInput => {
  const text = read(file);
  const found = /^---[ \t]*\n([^]*?)^---[ \t]*(?:\n|$(?![^]))/m.exec(text);
  const hasFront = found !== null && found.index === 0;
  const front: Json = hasFront ? (parse(found[1] ?? '') ?? {}) : {};
  const values: Values = { ...given };
  for (const [name, one] of Object.entries<Json>(front.variables ?? {})) {
    const fixed = one?.file === undefined ? (one?.value ?? one?.default) : included(join(dirname(file), one.file));
    if (fixed !== undefined) values[name] ??= fixed;
  }
  const request: Json = Object.fromEntries(Object.entries(front).filter(([key]) => !own.has(key)));
  if (typeof request.toolConfig === 'string') {
    const tools: Json = parse(read(join(dirname(file), request.toolConfig)));
    request.toolConfig = tools.toolConfig ?? tools;
  }
  if (Array.isArray(request.toolConfig)) request.toolConfig = { tools: request.toolConfig };
  const system: Json[] = [];
  const messages: { role: string; content: Json[] }[] = [];
  for (const { role, parts } of sectionsIn(hasFront ? text.slice(found[0].length) : text)) {
    const blocks = blocksIn(role, parts, file, values);
    const last = messages.at(-1);
    if (role === 'system') system.push(...blocks);
    else if (last?.role === role) last.content.push(...blocks);
    else messages.push({ role, content: blocks });
  }
  return { ...request, ...(system.length === 0 ? {} : { system }), messages };
};
`;
