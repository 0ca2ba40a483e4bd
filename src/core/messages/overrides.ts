import { assertNever } from '../assertNever';
import type { Expected } from '../models/overrideFields';
import type { OverrideProblem } from '../models/overrides';

const expectations: { readonly [E in Expected]: string } = {
  text: 'a text',
  boolean: 'true or false',
  positiveInteger: 'a whole number above 0',
  price: 'a price in USD per million tokens, 0 or more',
  figure: 'a number, or low, likely and high in this order',
  caching: 'none, implicit, or an object with minimum, maxCheckpoints, fields and ttls',
  cacheFields: 'a list of tools, system, messages',
  ttls: 'a list of 5m, 30m, 1h',
  defaultTtl: 'one of its ttls',
  tokens: 'a token family, such as claude-5 or nova-2',
  lifecycle: 'active, preview, gated, legacy or retired',
  prefixes: 'a list of profile prefixes, such as us and global',
  prices: 'an object from profile kind to prices',
  priceTiers: 'a list of tiers with aboveInputTokens and prices',
  surfaces: 'a list of runtime and mantle',
  twoIntegers: 'two whole numbers',
  texts: 'a list of texts',
};

/** What is wrong with the setting `cachepoint.models`, one sentence; the rest of the setting is used. */
export const describeOverrideProblem = (problem: OverrideProblem): string => {
  switch (problem.code) {
    case 'notAnObject':
      return problem.model === undefined
        ? 'cachepoint.models is not an object.'
        : `cachepoint.models: the value is not an object: ${problem.model}`;
    case 'unknownField':
      return `cachepoint.models: a model has no such field, so it is ignored: ${problem.model}, ${problem.path}`;
    case 'badValue':
      return `cachepoint.models: this must be ${expectations[problem.expected]}, so it is ignored: ${problem.model}, ${problem.path}`;
    case 'unknownBase':
      return `cachepoint.models: the model to be like is not in the catalog, so this one is left out: ${problem.model}, like ${problem.like}`;
    case 'missingFields':
      return `cachepoint.models: a new model needs ${problem.fields.join(', ')}, or like, so it is left out: ${problem.model}`;
    default:
      return assertNever(problem);
  }
};
