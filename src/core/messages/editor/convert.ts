/** What is asked and said where prompts are copied or extracted in another form. */
export const convertDialogs = {
  pythonAnthropic: 'Python with the Anthropic SDK',
  typescriptAnthropic: 'TypeScript with the Anthropic SDK',
  copyTitle: 'Copy Prompt As',
  copyHint: 'What should it be?',
  openInEditor: 'Open in Editor',
  copied: (form: string): string => `Copied: ${form}.`,
  extractedAlready: 'This prompt is in a prompt file already.',
  extractTitle: 'Extract Prompt to File',
  extractButton: 'Extract',
  promptFiles: 'Bedrock prompt',
} as const;
