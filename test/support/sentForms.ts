import type { PromptAnalysis } from '../../src/core/analysis';
import type { TargetId } from '../../src/core/convert/targetIds';
import { converseStreamRequest } from '../../src/core/service/shapes';
import type { Sent } from './conversions';

/** What a target does not say, or its reader does not read, by the way in which both are compared. */
export interface Form {
  /** Variables have their values. */
  readonly isFilled?: true;
  /** A program, in which bytes are read when it runs. */
  readonly isCode?: true;
  readonly forget?: (sent: Sent) => Sent;
  /** Is a prompt told by the reader in the same terms? Blocks of other kinds are compared where the program is run. */
  readonly reads?: (sent: Sent) => boolean;
}

type Block = Readonly<Record<string, unknown>>;

const mapBlocks = (sent: Sent, map: (block: Block) => readonly Block[]): Sent => {
  const each = (list: readonly unknown[]) => list.flatMap((block) => map(block as Block));
  return {
    ...sent,
    tools: each(sent.tools),
    system: each(sent.system),
    messages: sent.messages.map(({ role, content }) => ({ role, content: each(content) })),
  };
};

const withoutTtl = (sent: Sent): Sent => mapBlocks(sent, (block) => ['cachePoint' in block ? { cachePoint: { type: 'default' } } : block]);
const withoutSettings = (sent: Sent): Sent => ({ ...sent, settings: {}, toolChoice: undefined });
const only =
  (...names: readonly string[]) =>
  (sent: Sent): Sent => ({ ...sent, settings: Object.fromEntries(Object.entries(sent.settings).filter(([name]) => names.includes(name))) });

export const withoutTwins = (sent: Sent): Sent => {
  let before = false;
  return mapBlocks(sent, (block) => {
    const isPoint = 'cachePoint' in block;
    const isTwin = before && isPoint;
    before = isPoint;
    return isTwin ? [] : [block];
  });
};

/** That a tool succeeded is what a result says that has no status. */
export const withoutSuccess = (sent: Sent): Sent =>
  mapBlocks(sent, (block) => {
    const { toolResult } = block as { toolResult?: Block };
    if (toolResult?.['status'] !== 'success') return [block];
    const { status: _, ...others } = toolResult;
    return [{ toolResult: others }];
  });

/** A Messages body has no word for success, one point for each block, and the longest answer in any case. */
export const asMessages = (sent: Sent): Sent => {
  const { inferenceConfig, additionalModelRequestFields } = sent.settings;
  const config = { maxTokens: 4096, ...(inferenceConfig as object | undefined) };
  return {
    ...mapBlocks(withoutSuccess(withoutTwins(sent)), (block) => {
      const { document } = block as { document?: Block };
      return [document === undefined ? block : { document: { format: 'txt', ...document } }];
    }),
    settings: { inferenceConfig: config, additionalModelRequestFields },
  };
};

/** In a program a picture is read when it runs, and of its body the reader looks at no bytes. */
export const withoutBytes = (sent: Sent): Sent => {
  const media = (block: Block): Block => {
    const kind = ['image', 'document'].find((name) => name in block || block['type'] === name);
    return kind === undefined ? block : { media: kind };
  };
  return mapBlocks(sent, (block) => {
    const { toolResult } = block as { toolResult?: Block };
    if (toolResult === undefined) return [media(block)];
    const content = toolResult['content'];
    return [{ toolResult: { ...toolResult, ...(Array.isArray(content) ? { content: content.map((one) => media(one as Block)) } : {}) } }];
  });
};

export const isPlain = (sent: Sent): boolean =>
  [...sent.system, ...sent.messages.flatMap(({ content }) => content)].every(
    (block) => 'text' in (block as Block) || 'cachePoint' in (block as Block),
  );

/** Members of a result stand in the order in which a client writes them. */
const inOrder = (sent: Sent): Sent =>
  mapBlocks(sent, (block) => {
    const { toolResult } = block as { toolResult?: Block };
    if (toolResult === undefined) return [block];
    const { status, ...others } = toolResult;
    return [{ toolResult: { ...others, ...(status === undefined ? {} : { status }) } }];
  });

/** Settings that Converse has, under its names. */
export const known = (sent: Sent): Sent => {
  const settings = Object.entries(sent.settings).filter(([name]) => Object.hasOwn(converseStreamRequest.members, name));
  const { max_new_tokens: maxTokens, ...inference } = (sent.settings['inferenceConfig'] ?? {}) as Block;
  const config = { ...(maxTokens === undefined ? {} : { maxTokens }), ...inference };
  const { reasoning_config: thinking, ...fields } = (sent.settings['additionalModelRequestFields'] ?? {}) as Block;
  return {
    ...inOrder(sent),
    settings: {
      ...Object.fromEntries(settings),
      inferenceConfig: config,
      additionalModelRequestFields: { ...(thinking === undefined ? {} : { thinking }), ...fields },
    },
  };
};

const stored: Form = { forget: (sent) => withoutTtl(only('inferenceConfig', 'additionalModelRequestFields')(sent)) };
const frameworks: Form = { isCode: true, reads: isPlain, forget: withoutSettings };

export const forms: { readonly [T in TargetId]: Form } = {
  converse: { isFilled: true },
  messages: { isFilled: true, forget: asMessages },
  boto3: { isCode: true },
  'aws-sdk-js': { isCode: true },
  'ai-sdk': {
    ...frameworks,
    forget: (sent) => withoutSettings(withoutTwins({ ...sent, tools: sent.tools.filter((tool) => !('cachePoint' in (tool as Block))) })),
  },
  'anthropic-sdk': { isCode: true, forget: asMessages },
  langchain: frameworks,
  strands: { isCode: true, forget: withoutSettings },
  'aws-cli': { isFilled: true },
  'prompt-management': stored,
  cloudformation: stored,
  'bedrock-prompt': {},
};

/** Whether the service would take it at all: what it refuses may be read in two ways. */
export const isSound = ({ problems }: PromptAnalysis): boolean =>
  !problems.some(
    ({ code, severity }) => severity === 'error' && /^(?:syntax|request|cache)\//.test(code) && !/model|profile|retired/.test(code),
  );
