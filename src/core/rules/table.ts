// Made by `npm run generate` from the files in the folders beside it.
import type { RuleCode } from '../prompt/problems';
import type { Rule } from './types';
import { duplicateMember } from './syntax/duplicateMember';
import { fence } from './syntax/fence';
import { frontMatter } from './syntax/frontMatter';
import { inertMarker } from './syntax/inertMarker';
import { json } from './syntax/json';
import { marker } from './syntax/marker';
import { notConverse } from './syntax/notConverse';
import { roleOrder } from './syntax/roleOrder';
import { tooDeep } from './syntax/tooDeep';
import { unknownKey } from './syntax/unknownKey';
import { unusedIgnore } from './syntax/unusedIgnore';
import { value } from './syntax/value';
import { blankText } from './request/blankText';
import { contextWindow } from './request/contextWindow';
import { documents } from './request/documents';
import { globalProfile } from './request/globalProfile';
import { include } from './request/include';
import { inferenceProfile } from './request/inferenceProfile';
import { modality } from './request/modality';
import { modelMissing } from './request/modelMissing';
import { modelRefuses } from './request/modelRefuses';
import { outputSchema as requestOutputSchema } from './request/outputSchema';
import { retiredModel } from './request/retiredModel';
import { roles } from './request/roles';
import { toolPairing } from './request/toolPairing';
import { undefinedVariable } from './request/undefinedVariable';
import { unknownField } from './request/unknownField';
import { unknownModel } from './request/unknownModel';
import { unusedVariable } from './request/unusedVariable';
import { afterDocument } from './cache/afterDocument';
import { afterReasoning } from './cache/afterReasoning';
import { belowMinimum } from './cache/belowMinimum';
import { crossRegion } from './cache/crossRegion';
import { dialect } from './cache/dialect';
import { govcloud } from './cache/govcloud';
import { inToolResult } from './cache/inToolResult';
import { lastTurn } from './cache/lastTurn';
import { latencyOptimized } from './cache/latencyOptimized';
import { lookBack } from './cache/lookBack';
import { missing } from './cache/missing';
import { neverPays } from './cache/neverPays';
import { notOnDemand } from './cache/notOnDemand';
import { nothingBefore } from './cache/nothingBefore';
import { opaqueProfile } from './cache/opaqueProfile';
import { outputSchema as cacheOutputSchema } from './cache/outputSchema';
import { overMaximum } from './cache/overMaximum';
import { redundant } from './cache/redundant';
import { router } from './cache/router';
import { sessionPrefix } from './cache/sessionPrefix';
import { sharedSecret } from './cache/sharedSecret';
import { spentEarly } from './cache/spentEarly';
import { tooMany } from './cache/tooMany';
import { ttlChoice } from './cache/ttlChoice';
import { ttlOrder } from './cache/ttlOrder';
import { ttlUnsupported } from './cache/ttlUnsupported';
import { unstableBytes } from './cache/unstableBytes';
import { unsupportedField } from './cache/unsupportedField';
import { unsupportedModel } from './cache/unsupportedModel';
import { volatilePrefix } from './cache/volatilePrefix';
import { coldFanOut } from './code/coldFanOut';
import { lostMarker } from './code/lostMarker';
import { usageMisread } from './code/usageMisread';
// Said once more for the types: what a file adds to `ProblemData` counts wherever this table does.
import './syntax/duplicateMember';
import './syntax/fence';
import './syntax/frontMatter';
import './syntax/inertMarker';
import './syntax/json';
import './syntax/marker';
import './syntax/notConverse';
import './syntax/roleOrder';
import './syntax/tooDeep';
import './syntax/unknownKey';
import './syntax/unusedIgnore';
import './syntax/value';
import './request/blankText';
import './request/contextWindow';
import './request/documents';
import './request/globalProfile';
import './request/include';
import './request/inferenceProfile';
import './request/modality';
import './request/modelMissing';
import './request/modelRefuses';
import './request/outputSchema';
import './request/retiredModel';
import './request/roles';
import './request/toolPairing';
import './request/undefinedVariable';
import './request/unknownField';
import './request/unknownModel';
import './request/unusedVariable';
import './cache/afterDocument';
import './cache/afterReasoning';
import './cache/belowMinimum';
import './cache/crossRegion';
import './cache/dialect';
import './cache/govcloud';
import './cache/inToolResult';
import './cache/lastTurn';
import './cache/latencyOptimized';
import './cache/lookBack';
import './cache/missing';
import './cache/neverPays';
import './cache/notOnDemand';
import './cache/nothingBefore';
import './cache/opaqueProfile';
import './cache/outputSchema';
import './cache/overMaximum';
import './cache/redundant';
import './cache/router';
import './cache/sessionPrefix';
import './cache/sharedSecret';
import './cache/spentEarly';
import './cache/tooMany';
import './cache/ttlChoice';
import './cache/ttlOrder';
import './cache/ttlUnsupported';
import './cache/unstableBytes';
import './cache/unsupportedField';
import './cache/unsupportedModel';
import './cache/volatilePrefix';
import './code/coldFanOut';
import './code/lostMarker';
import './code/usageMisread';

/** Every rule by its code. */
export const rules: { readonly [C in RuleCode]: Rule<C> } = {
  'syntax/duplicate-member': duplicateMember,
  'syntax/fence': fence,
  'syntax/front-matter': frontMatter,
  'syntax/inert-marker': inertMarker,
  'syntax/json': json,
  'syntax/marker': marker,
  'syntax/not-converse': notConverse,
  'syntax/role-order': roleOrder,
  'syntax/too-deep': tooDeep,
  'syntax/unknown-key': unknownKey,
  'syntax/unused-ignore': unusedIgnore,
  'syntax/value': value,
  'request/blank-text': blankText,
  'request/context-window': contextWindow,
  'request/documents': documents,
  'request/global-profile': globalProfile,
  'request/include': include,
  'request/inference-profile': inferenceProfile,
  'request/modality': modality,
  'request/model-missing': modelMissing,
  'request/model-refuses': modelRefuses,
  'request/output-schema': requestOutputSchema,
  'request/retired-model': retiredModel,
  'request/roles': roles,
  'request/tool-pairing': toolPairing,
  'request/undefined-variable': undefinedVariable,
  'request/unknown-field': unknownField,
  'request/unknown-model': unknownModel,
  'request/unused-variable': unusedVariable,
  'cache/after-document': afterDocument,
  'cache/after-reasoning': afterReasoning,
  'cache/below-minimum': belowMinimum,
  'cache/cross-region': crossRegion,
  'cache/dialect': dialect,
  'cache/govcloud': govcloud,
  'cache/in-tool-result': inToolResult,
  'cache/last-turn': lastTurn,
  'cache/latency-optimized': latencyOptimized,
  'cache/look-back': lookBack,
  'cache/missing': missing,
  'cache/never-pays': neverPays,
  'cache/not-on-demand': notOnDemand,
  'cache/nothing-before': nothingBefore,
  'cache/opaque-profile': opaqueProfile,
  'cache/output-schema': cacheOutputSchema,
  'cache/over-maximum': overMaximum,
  'cache/redundant': redundant,
  'cache/router': router,
  'cache/session-prefix': sessionPrefix,
  'cache/shared-secret': sharedSecret,
  'cache/spent-early': spentEarly,
  'cache/too-many': tooMany,
  'cache/ttl-choice': ttlChoice,
  'cache/ttl-order': ttlOrder,
  'cache/ttl-unsupported': ttlUnsupported,
  'cache/unstable-bytes': unstableBytes,
  'cache/unsupported-field': unsupportedField,
  'cache/unsupported-model': unsupportedModel,
  'cache/volatile-prefix': volatilePrefix,
  'code/cold-fan-out': coldFanOut,
  'code/lost-marker': lostMarker,
  'code/usage-misread': usageMisread,
};
