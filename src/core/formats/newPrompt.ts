/** A new prompt file as a snippet: what a person fills in stands in its stops. It has no problem as it is. */
export const newPromptSnippet = (modelId: string): string => `---
modelId: ${modelId}
inferenceConfig: { maxTokens: 800 }
variables:
  question: { example: \${2:Where is my parcel?}, varies: request }
---
# system:
\${1:What the model is to do, and everything that is the same in each call.}

# user:
{{question}}
`;
