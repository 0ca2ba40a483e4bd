import assert from 'node:assert/strict';
import { bodyOffers } from '../../../../src/core/editing/bodyOffers';
import { frontMatterTopic } from '../../../../src/core/editing/frontMatterHover';
import { frontMatterOffers, modelsAt } from '../../../../src/core/editing/frontMatterOffers';
import { headingTokens } from '../../../../src/core/editing/headingTokens';
import { jsonOffers, jsonTopic, type JsonPart } from '../../../../src/core/editing/jsonOffers';
import type { Offer } from '../../../../src/core/editing/offers';
import { storedPlaces } from '../../../../src/core/editing/storedShape';
import { variableAt, variablePlaces } from '../../../../src/core/editing/variablePlaces';
import { isInBlockText, yamlTopic } from '../../../../src/core/editing/yamlTopic';
import * as engine from '../../../../src/core/engine';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { frontMatterShape } from '../../../../src/core/formats/frontMatterShape';
import type { Part } from '../../../../src/core/formats/parts';
import { catalog } from '../../../../src/core/models/catalog';
import { shapeAt } from '../../../../src/core/service/shapes';
import { defaultSettings } from '../../../../src/core/settings';
import { applyEdits, replaceSpan } from '../../../../src/core/text/edit';
import { lineIndex } from '../../../../src/core/text/lines';
import { theDocument } from '../../../../src/core/text/place';
import { span, touches, type Span } from '../../../../src/core/text/span';
import { editingCases, editingFeatures, writeCase, type EditingCase } from '../../../support/editingCases';
import { analyzeOnly } from '../../../support/onlyPrompt';

const formats = numberFormats('en', 'UTC');
const most = 8;

const analysisOf = ({ text, files }: EditingCase) => analyzeOnly(text, 'bedrock-prompt', files, defaultSettings);
const paragraphs = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const lineOf = (text: string, offset: number): number => lineIndex(text).positionOf(offset).line;

const completion = (one: EditingCase): string => {
  const { text, offset } = one;
  const { header } = analysisOf(one).prompt;
  const inFront = header.span !== undefined && offset <= header.span.end;
  const variables = header.variables.map(({ name }) => name);
  const offers = inFront
    ? frontMatterOffers(text, 0, offset, {
        shapeAt: (path) => shapeAt(frontMatterShape, path),
        models: catalog,
        from: { region: 'us-east-1' },
        variables,
        formats,
      })
    : bodyOffers(text, offset, { declared: header.variables, used: [] });
  const ordered = offers.toSorted((a, b) => (a.sort < b.sort ? -1 : 1)).map(({ label }) => label);
  return paragraphs([...ordered.slice(0, most), ...(ordered.length > most ? [`and ${ordered.length - most} more`] : [])]);
};

const hover = (one: EditingCase): string => {
  const { prompt, plan, input } = analysisOf(one);
  const front = prompt.header.span;
  if (front !== undefined && front.start <= one.offset && one.offset < front.end) {
    const topic = frontMatterTopic(one.text.slice(front.start, front.end), front.start, one.offset);
    if (topic === undefined) return '';
    if (topic.kind === 'model') return paragraphs([...engine.modelHover(plan, formats), engine.sourceLinks(plan.model)]);
    return paragraphs(topic.kind === 'variable' ? engine.variableHover(topic.name, prompt.header) : [topic.title, topic.help]);
  }
  const point = plan.checkpoints.find(({ marker }) => touches(marker.span, one.offset));
  if (point !== undefined)
    return paragraphs([...engine.checkpointHover(point, plan, input.traffic, formats), engine.sourceLinks(plan.model)]);
  const name = variableAt(variablePlaces(prompt), one.offset)?.name;
  if (name !== undefined) return paragraphs(engine.variableHover(name, prompt.header));
  const index = plan.blocks.findIndex(({ block }) => touches(block.span, one.offset));
  return index === -1 ? '' : paragraphs(engine.blockHover(index, plan, formats));
};

const placesOf = (one: EditingCase) => {
  const { prompt } = analysisOf(one);
  const places = variablePlaces(prompt);
  const name = variableAt(places, one.offset)?.name;
  return { prompt, places: places.filter((place) => place.name === name) };
};

const references = (one: EditingCase): string => {
  const { prompt, places } = placesOf(one);
  return paragraphs(
    places.map(({ kind, source, span }) => {
      const file = prompt.sources[source];
      return `${kind} ${file?.path ?? ''}:${lineOf(file?.text ?? '', span.start)}`;
    }),
  );
};

const rename = (one: EditingCase): string => {
  const own = placesOf(one).places.filter(({ source }) => source === theDocument);
  return applyEdits(
    one.text,
    own.map(({ span }) => replaceSpan(span, 'renamed')),
  );
};

const partsOf = (one: EditingCase) => engine.partsOf(one.text, engine.bodyStart(one.text, analysisOf(one).prompt.header.span));

const outline = (one: EditingCase): string => {
  const lines = (parts: readonly Part[], depth: number): readonly string[] =>
    parts.flatMap(({ name, head, parts: inner }) => [
      `${'  '.repeat(depth)}${name} (line ${lineOf(one.text, head.start)})`,
      ...lines(inner, depth + 1),
    ]);
  return paragraphs(lines(partsOf(one).sections, 0));
};

const folding = (one: EditingCase): string => {
  const { sections, fences } = partsOf(one);
  const spansOf = (part: Part): readonly Span[] => [part.span, ...part.parts.flatMap(spansOf)];
  const folds = [...sections.flatMap(spansOf), ...fences].map(
    ({ start, end }) => [lineOf(one.text, start), lineOf(one.text, end)] as const,
  );
  return paragraphs(folds.filter(([first, last]) => last > first).map(([first, last]) => `${first}–${last}`));
};

const lens = (one: EditingCase): string => {
  const { plan, savings } = analysisOf(one);
  return paragraphs([engine.summaryLine(plan, savings, formats)]);
};

const headings = (one: EditingCase): string => {
  const analysis = analysisOf(one);
  const count = (text: string): number => engine.tokensOfText(text, analysis.plan.model);
  const found = headingTokens(analysis, partsOf(one).sections, span(0, one.text.length), count);
  return paragraphs(found.map(({ at, tokens }) => `line ${lineOf(one.text, at)}: ${Math.round(tokens)}`));
};

const models = catalog.filter(({ id }) => /claude-(?:sonnet|haiku)-4-5/.test(id));
const from = { region: 'us-east-1' };

/** The labels of what is offered in a document that keeps prompts, then what is said of what stands there. */
const offered = (offers: readonly Offer[], topic: { readonly title: string; readonly help: readonly string[] } | undefined): string => {
  const ordered = offers
    .toSorted((a, b) => (a.sort < b.sort ? -1 : 1))
    .map(({ label, detail }) => `${label}${detail === 'Required' ? ' (required)' : ''}`);
  return paragraphs([...ordered, ...(topic === undefined ? [] : [`# ${topic.title}`, ...topic.help])]);
};

const storedJson = ({ text, offset }: EditingCase): string => {
  const placeOf = storedPlaces(text, true);
  const part: JsonPart = {
    from: 0,
    shapeOf: (path) => placeOf(path).shape,
    explains: (path) => placeOf(path).path,
    models: (path, at) => (path.at(-1) === 'modelId' ? modelsAt(at, { models, from, formats }) : []),
  };
  return offered(jsonOffers(text, offset, part), jsonTopic(text, offset, part));
};

const storedYaml = ({ text, offset }: EditingCase): string => {
  const placeOf = storedPlaces(text, false);
  const isModel = (path: readonly string[]): boolean => /^model(?:id)?$/i.test(path.at(-1) ?? '');
  const facts = { shapeAt: (path: readonly string[]) => placeOf(path).shape, models, from, formats, variables: [], isModel };
  return offered(isInBlockText(text, offset) ? [] : frontMatterOffers(text, 0, offset, facts), yamlTopic(text, offset, placeOf));
};

/** What each feature makes of a prompt at the cursor, as lines. */
const features: Readonly<Record<string, (one: EditingCase) => string>> = {
  completion,
  hover,
  references,
  rename,
  outline,
  folding,
  lens,
  headings,
  'stored-json': storedJson,
  'stored-yaml': storedYaml,
};

describe('editor features', () => {
  it('have a folder of cases each', () => {
    assert.deepEqual(editingFeatures(), Object.keys(features).sort());
  });

  for (const [feature, show] of Object.entries(features))
    describe(feature, () => {
      for (const one of editingCases(feature))
        it(`is as drawn in ${one.name}`, () => {
          const actual = show(one);
          if (process.env['UPDATE_GOLDEN'] === '1') writeCase(one, actual);
          else assert.equal(actual, one.expected);
        });
    });
});
