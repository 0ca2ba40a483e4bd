import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyOffers, pathAt } from '../../../../src/core/editing/bodyOffers';
import { frontMatterOffers, type FrontMatterFacts } from '../../../../src/core/editing/frontMatterOffers';
import type { Offer } from '../../../../src/core/editing/offers';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { frontMatterShape } from '../../../../src/core/formats/frontMatterShape';
import { frontMatterHelp } from '../../../../src/core/messages/frontMatterHelp';
import { catalog } from '../../../../src/core/models/catalog';
import type { VariableDeclaration } from '../../../../src/core/prompt/model';
import { shapeAt, type Shape } from '../../../../src/core/service/shapes';

const facts: FrontMatterFacts = {
  shapeAt: (path) => shapeAt(frontMatterShape, path),
  models: catalog,
  from: { region: 'us-east-1' },
  variables: ['question', 'tenant'],
  formats: numberFormats('en', 'UTC'),
};
const at = { start: 0, end: 0 };
const declared: readonly VariableDeclaration[] = ['question', 'tenant'].map((name) => ({
  name,
  span: at,
  entrySpan: at,
  varies: 'request',
}));

const offersAt = (where: string, marked: string): { readonly offers: readonly Offer[]; readonly text: string; readonly offset: number } => {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const offers = where === 'front' ? frontMatterOffers(text, 0, offset, facts) : bodyOffers(text, offset, { declared, used: ['other'] });
  return { offers, text, offset };
};

/** How well a word fits what was typed, as an editor ranks it: from the start, from the start of a word, anywhere, or letter by letter. */
const fitOf = (filter: string, typed: string): number | undefined => {
  const [all, part] = [filter.toLowerCase(), typed.toLowerCase()];
  if (all.startsWith(part)) return 0;
  if (new RegExp(`[^a-z0-9]${part.replaceAll(/[^a-z0-9 ]/g, '\\$&')}`).test(all)) return 1;
  if (all.includes(part)) return 2;
  let next = 0;
  for (const letter of all) if (letter === part[next]) next += 1;
  return next === part.length ? 3 : undefined;
};

const ranked = (where: string, marked: string): readonly string[] => {
  const { offers, text, offset } = offersAt(where, marked);
  return offers
    .flatMap((offer) => {
      const fit = fitOf(offer.filter, text.slice(offer.span.start, offset));
      return fit === undefined ? [] : [{ offer, fit }];
    })
    .sort((a, b) => a.fit - b.fit || (a.offer.sort < b.offer.sort ? -1 : 1))
    .map(({ offer }) => offer.label);
};

const tasks = readFileSync(join(__dirname, '..', '..', '..', 'fixtures', 'completion.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'));

describe('completion', () => {
  it('has the wanted item first in four of five tasks, and among three in nearly all', () => {
    const places = tasks.map(([where = '', text = '', wanted = '']) => {
      const place = ranked(where, text.replaceAll('\\n', '\n')).indexOf(wanted);
      return { task: `${text} → ${wanted}`, place: place === -1 ? Infinity : place };
    });
    const missed = places.filter(({ place }) => place > 2).map(({ task }) => task);
    assert.ok(tasks.length >= 100);
    assert.ok(missed.length <= tasks.length * 0.05, missed.join('\n'));
    const notFirst = places.filter(({ place }) => place > 0).map(({ task }) => task);
    assert.ok(notFirst.length <= tasks.length * 0.2, notFirst.join('\n'));
  });

  it('offers no key that is there already', () => {
    assert.ok(!ranked('front', 'modelId: a\n|').includes('modelId'));
    assert.deepEqual(ranked('front', 'inferenceConfig: { |, topP: 1, temperature: 0, stopSequences: [] }'), ['maxTokens']);
  });

  it('offers nothing where anything may stand', () => {
    for (const text of [
      'name: |',
      'additionalModelRequestFields: { a| }',
      'requestMetadata: { a| }',
      'inferenceConfig: { maxTokens: | }',
      'nothing:\n  |',
    ])
      assert.deepEqual(ranked('front', text), [], text);
    for (const text of ['Hello|', 'a # b|', 'a < b|', '']) assert.deepEqual(ranked('body', `${text}|`.replace('||', '|')), [], text);
  });

  it('writes mappings, lists and rows as they are usually written', () => {
    const insert = (text: string, label: string) => offersAt('front', text).offers.find((one) => one.label === label)?.insert;
    assert.equal(insert('|', 'inferenceConfig'), 'inferenceConfig: { $0 }');
    assert.equal(insert('|', 'static'), 'static: [$0]');
    assert.equal(insert('|', 'samples'), 'samples:\n  - { $0 }');
    assert.equal(insert('|', 'modelId'), 'modelId: $0');
    assert.equal(insert('variables:\n  |', 'question'), 'question: { $0 }');
  });

  it('closes a variable where nothing does, and replaces the whole of a name', () => {
    const { offers, text } = offersAt('body', '{{que|stion}} a');
    assert.deepEqual(
      offers.map(({ label, insert, span }) => [label, insert, text.slice(span.start, span.end)]),
      [
        ['question', 'question', 'question'],
        ['tenant', 'tenant', 'question'],
        ['other', 'other', 'question'],
      ],
    );
    assert.equal(offersAt('body', '{{t|').offers[1]?.insert, 'tenant\\}\\}');
  });

  it('takes the end of a comment along', () => {
    const { offers, text } = offersAt('body', '<!-- ca| -->');
    assert.equal(offers[0] && text.slice(offers[0].span.start, offers[0].span.end), '<!-- ca -->');
  });

  it('knows where a path is typed', () => {
    for (const [marked, path] of [
      ['Text {{> ./po|', { typed: './po', close: '}}' }],
      ['{{> |}}', { typed: '', close: '' }],
      ['{{> ./po|licy.md }}', { typed: './po', close: '' }],
      ['toolConfig: ./to|', { typed: './to', close: '' }],
      ['  rules: { file: ./a/b| }', { typed: './a/b', close: '' }],
      ['{{name|', undefined],
      ['name: ./a|', undefined],
    ] as const)
      assert.deepEqual(pathAt(marked.replace('|', ''), marked.indexOf('|')), path, marked);
  });

  it('says of a model what it caches and costs', () => {
    const [first] = offersAt('front', 'modelId: |').offers.filter(({ label }) => label === 'us.amazon.nova-pro-v1:0');
    assert.match(first?.detail ?? '', /^Amazon Nova Pro: caches from \d/);
    assert.match(first?.help.join(' ') ?? '', /A million tokens cost: input \$\d/);
  });
});

describe('the help for front matter', () => {
  const pathsOf = (shape: Shape | undefined, path: readonly string[]): readonly (readonly string[])[] => {
    if (shape === undefined || path.length > 8) return [];
    if (shape.kind === 'list') return pathsOf(shape.of, [...path, '*']);
    if (shape.kind === 'map') return [[...path, 'x'], ...pathsOf(shape.value, [...path, 'x'])];
    if (shape.kind !== 'structure' && shape.kind !== 'union') return [];
    return Object.entries(shape.members).flatMap(([name, member]) => [[...path, name], ...pathsOf(member, [...path, name])]);
  };

  it('has a sentence for every key at every depth', () => {
    const all = pathsOf(frontMatterShape, []);
    assert.ok(all.length > 50);
    assert.deepEqual(
      all.filter((path) => !/^[A-Z].*[.?]$/.test(frontMatterHelp(path) ?? '')).map((path) => path.join('.')),
      [],
    );
  });

  it('has none for a key that nothing reads', () => {
    for (const path of [['nothing'], ['inferenceConfig', 'top_p'], ['variables', 'a', 'b']]) assert.equal(frontMatterHelp(path), undefined);
  });
});
