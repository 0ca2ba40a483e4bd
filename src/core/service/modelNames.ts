/** Groups of models that several rows of refusals name. */

/** Claude since Opus 4.7, Mythos left out. */
export const recentClaude = 'opus-4-7 opus-4-8 opus-5 opus-5-5 sonnet-5 sonnet-5-5 haiku-5-5 fable-5*';
/** Claude that thinks with a budget of tokens. */
export const budgetClaude = 'sonnet-4-6 opus-4-6 opus-4-5 sonnet-4-5 haiku-4-5 opus-4-1 opus-4 sonnet-4 3-7-sonnet mythos-preview';
/** Claude that thinks, in whatever way. */
export const thinkingClaude = 'opus* sonnet* haiku-4* haiku-5* fable* mythos* 3-7-sonnet';
/** Claude without adaptive thinking, of those that think. */
export const beforeAdaptive = 'opus-4-5 sonnet-4-5 haiku-4-5 opus-4-1 opus-4 sonnet-4 3-7-sonnet';
/** Claude without a level of effort. */
export const beforeEffort = 'sonnet-4-5 haiku-4-5 opus-4-1 opus-4 sonnet-4 3-7-sonnet 3-5-sonnet 3-5-haiku 3-sonnet 3-haiku 3-opus';

const additional = 'additionalModelRequestFields';
/** The names under which Claude's thinking is written. */
export const thinking = (member?: string): readonly string[] =>
  ['thinking', 'reasoning_config'].map((name) => `${additional}.${name}${member === undefined ? '' : `.${member}`}`);
export const temperature = ['inferenceConfig.temperature', `${additional}.temperature`];
export const topP = ['inferenceConfig.topP', `${additional}.top_p`];
export const topK = [`${additional}.top_k`];
export const effort = ['outputConfig.effort', `${additional}.output_config.effort`];
export const format = ['outputConfig.textFormat', `${additional}.output_config.format`];
export const beta = [`${additional}.anthropic_beta.*`];
