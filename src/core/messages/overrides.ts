import { assertNever } from '../text/assertNever';
import type { Expected } from '../models/overrideFields';
import type { OverrideProblem } from '../models/overrides';

const expectations: { readonly [E in Expected]: string } = {
  text: 'a text',
  boolean: 'true or false',
  positiveInteger: 'a whole number above 0',
  price: 'a price in USD per million tokens, 0 or more',
  figure: 'a number, or low, likely and high in this order',
  caching: 'none, implicit, or an object with minimum, maxCheckpoints, fields and ttls',
  cacheFields: 'a list of tools, system and messages',
  ttls: 'a list of 5m, 30m and 1h',
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
        ? 'cachepoint.models is ignored, because it is not an object.'
        : `cachepoint.models: ${problem.model} is ignored, because its value is not an object.`;
    case 'unknownField':
      return `cachepoint.models: ${problem.path} of ${problem.model} is ignored, because a model has no such field.`;
    case 'badValue':
      return `cachepoint.models: ${problem.path} of ${problem.model} is ignored, because it must be ${expectations[problem.expected]}.`;
    case 'unknownBase':
      return `cachepoint.models: like of ${problem.model} is ignored, because the catalog has no model ${problem.like}.`;
    case 'missingFields':
      return `cachepoint.models: ${problem.model} is left out, because a new model needs ${problem.fields.join(', ')}, or like.`;
    default:
      return assertNever(problem);
  }
};
