import { bedrock } from '../serviceName';

/** What several features say. Names of buttons that failures have too are `actionLabels`. */
export const sharedText = {
  bedrock,
  current: 'current',
  copyArn: 'Copy ARN',
  jsonLines: 'JSON Lines',
  failed: (why: string): string => `Cachepoint could not do this: ${why}`,
  manageTrust: 'Manage Trust',
  untilTrusted: (what: string): string => `${what} until this workspace is trusted.`,
  /** How a sample row of a prompt is called; runs are kept under it. */
  sample: (number: number): string => `Sample ${number}`,
  line: (number: number): string => `line ${number}`,
  whichPrompt: 'Which prompt?',
  openFirst: 'Open a prompt first: a *.bedrock.md file, or JSON that is a Converse request or a body of InvokeModel.',
} as const;
