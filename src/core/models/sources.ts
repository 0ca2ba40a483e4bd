import type { Source } from './types';

// The bundler is told that it only makes a value, so that a bundle in which nobody asks for sources has none.
/* @__NO_SIDE_EFFECTS__ */
const from = (title: string, date: string, url?: string): Source => ({
  title,
  date,
  ...(url === undefined ? {} : { url: `https://${url}` }),
});

// A call, as the bundler takes a text that is put together for something that happens.
/* @__NO_SIDE_EFFECTS__ */
const guide = (title: string, date: string, page: string): Source =>
  from(`AWS Bedrock user guide, ${title}`, date, `docs.aws.amazon.com/bedrock/latest/userguide/${page}.html`);

/** Every text that figures of the catalog were read in, by the key its entries use. Dates are those of the text read; an address is given where a text has one of its own. */
export const sources: Readonly<Record<string, Source>> = {
  'guide-2026-01': guide('Prompt caching', '2026-01', 'prompt-caching'),
  'guide-2026-09': guide('Prompt caching', '2026-09', 'prompt-caching'),
  'guide-2026-10': guide('Prompt caching', '2026-10', 'prompt-caching'),
  counting: guide('Count tokens', '2026-10', 'count-tokens'),
  burndown: guide('Token burndown of quotas', '2026-10', 'quotas-token-burndown'),
  lifecycle: guide('Model lifecycle', '2026-10', 'model-lifecycle'),
  card: from('AWS Bedrock user guide, card of the model', '2026-10'),
  'price-api': from('AWS Price List API, Bedrock', '2026-08-27'),
  'price-file': from('AWS price file, us-west-2', '2026-09-30'),
  'aws-measured': from(
    'AWS document processing accelerator, live measurements of prompt caching',
    '2026-09',
    'github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws',
  ),
  'aws-pricing-file': from(
    'AWS document processing accelerator, pricing.yaml',
    '2026-09',
    'github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws',
  ),
  'aws-samples': from('AWS samples, prompt caching (March 2026), and AWS agent toolkit, prompt caching', '2026-08-20'),
  'anthropic-caching': from(
    'Anthropic documentation, Prompt caching',
    '2026-08-21',
    'platform.claude.com/docs/en/build-with-claude/prompt-caching',
  ),
  'anthropic-tools': from('Anthropic documentation, Tool use overview', '2026-08'),
  'anthropic-skills': from('Anthropic, claude-api skill', '2026-07-01'),
  litellm: from(
    'LiteLLM, table of prices and context windows',
    '2026-08-06',
    'github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json',
  ),
  'genai-prices': from('Pydantic genai-prices 0.1.8, provider aws', '2026-09-23', 'github.com/pydantic/genai-prices'),
  'pi-ai': from('pi-ai 1.5.2, Amazon Bedrock model data', '2026-11-10'),
  recordings: from('Recorded service answers in public repositories', '2026-10'),
  'multi-turn': from(
    'hsr87/bedrock-prompt-caching-multi-turns, recorded usage',
    '2025-04',
    'github.com/hsr87/bedrock-prompt-caching-multi-turns',
  ),
  'sdk-1194': from(
    'anthropic-sdk-python issue 1194, measured minimum of Sonnet 4.6',
    '2026-02-21',
    'github.com/anthropics/anthropic-sdk-python/issues/1194',
  ),
  'litellm-docs-49': from(
    'litellm-docs pull request 49, measured minimum of Sonnet 4.6',
    '2026-04-29',
    'github.com/BerriAI/litellm-docs/pull/49',
  ),
  'ruby-3396': from('aws-sdk-ruby issue 3396, minimum of Haiku 4.5', '2026-06-22', 'github.com/aws/aws-sdk-ruby/issues/3396'),
  'spring-5648': from(
    'spring-ai pull request 5648, caching through profiles',
    '2026-03-21',
    'github.com/spring-projects/spring-ai/pull/5648',
  ),
};
