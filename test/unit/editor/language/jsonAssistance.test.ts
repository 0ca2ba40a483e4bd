import assert from 'node:assert/strict';
import type { CompletionItem, Hover } from 'vscode';
import type * as jsonModule from '../../../../src/editor/language/jsonAssistance';
import type * as yamlModule from '../../../../src/editor/language/yamlAssistance';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { fake, open, close } = workspace;
const formats: Readonly<Record<string, string>> = { jsonl: 'json-lines', json: 'json', yaml: 'yaml' };
Object.assign(workspace.deps.documents, { formatOf: ({ languageId }: { languageId: string }) => formats[languageId] });
class Text {
  value = '';
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
  appendText(text: string): this {
    this.value += text;
    return this;
  }
}
Object.assign(fake.vscode, {
  CompletionItem: class {
    constructor(readonly label: string) {}
  },
  CompletionItemKind: {},
  SnippetString: class {
    constructor(readonly value: string) {}
  },
  MarkdownString: Text,
  Hover: class {
    constructor(readonly contents: Text) {}
  },
});
const { jsonCompletionsAt, jsonHoverAt, yamlCompletionsAt, yamlHoverAt, deps } = loadFeatures(workspace, () => ({
  ...(require('../../../../src/editor/language/jsonAssistance') as typeof jsonModule),
  ...(require('../../../../src/editor/language/yamlAssistance') as typeof yamlModule),
}));

type Complete = (...args: Parameters<typeof jsonCompletionsAt>) => CompletionItem[];
type Explain = (...args: Parameters<typeof jsonHoverAt>) => Hover | undefined;

const at = <T>(marked: string, language: string, work: (...args: Parameters<typeof jsonCompletionsAt>) => T): T => {
  const document = open(`/ws/file.${language}`, marked.replace('|', ''), language);
  try {
    return work(document, marked.indexOf('|'), deps);
  } finally {
    close(document);
  }
};
const labels = (marked: string, language: string, complete: Complete = jsonCompletionsAt) =>
  at(marked, language, complete).map(({ label }) => label);
const said = (marked: string, language: string, explain: Explain = jsonHoverAt): string | undefined =>
  (at(marked, language, explain)?.contents as unknown as Text | undefined)?.value;

const first = '{"recordId":"a","modelInput":{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}}\n';

describe('completion in the JSON of requests that stand inside of something', () => {
  it('is that of the request of a line', () => {
    const found = labels(`${first}{"recordId":"b","modelInput":{"messages":[],"inferenceConfig":{|}}}`, 'jsonl');
    assert.deepEqual(found, ['maxTokens', 'temperature', 'topP', 'stopSequences']);
    assert.ok(labels(`${first}{"anthropic_version":"bedrock-2023-05-31","messages":[],|}`, 'jsonl').includes('max_tokens'));
    const messages = '{"recordId":"b","modelInput":{"anthropic_version":"bedrock-2023-05-31","messages":[],|}}';
    assert.ok(labels(first + messages, 'jsonl').includes('tools'));
    assert.deepEqual(labels(`${first}{|, "modelInput":{"messages":[],"toolConfig":{}}}`, 'jsonl'), ['recordId']);
  });

  it('is that of the body of a call, and the models where one is named', () => {
    const call = '{"modelId":"us.amazon.nova-pro-v1:0","body":{"messages":[{"role":"user","content":[{"text":"a"}]}],"system":[{|}]}}';
    assert.ok(labels(call, 'json').includes('cachePoint'));
    const request = '{"modelId":"|","messages":[{"role":"user","content":[{"text":"a"}]}],"system":[{"text":"a"}]}';
    assert.ok(labels(request, 'json').some((label) => String(label).includes('claude')));
  });

  it('is that of what a service keeps', () => {
    const prompt = '{"name":"a","variants":[{"name":"b","templateConfiguration":{"text":{"text":"Hello"}},|}]}';
    assert.ok(labels(prompt, 'json').includes('inferenceConfiguration'));
    const template = 'Resources:\n  A:\n    Type: AWS::Bedrock::Prompt\n    Properties:\n      Variants:\n        - Name: a\n          |\n';
    assert.ok(
      labels(
        template.replace('- Name: a', '- Name: a\n          TemplateConfiguration: { Text: { Text: Hello } }'),
        'yaml',
        yamlCompletionsAt,
      ).includes('ModelId'),
    );
    assert.deepEqual(labels('name: a\n|\n', 'yaml', yamlCompletionsAt), []);
  });
});

describe('what is said in them', () => {
  it('is what a member is for', () => {
    assert.match(
      said(`${first}{"recordId":"b","modelInput":{"messages":[],"inferenceConfig":{"max|Tokens":3}}}`, 'jsonl') ?? '',
      /The most tokens of the answer/,
    );
    assert.match(
      said('{"record|Id":"b","modelInput":{"anthropic_version":"x","messages":[],"max_tokens":3}}', 'jsonl') ?? '',
      /recordId.*A text/s,
    );
    const file = 'model: us.anthropic.claude-sonnet-4-5-20250929-v1:0\nsystem:\n  - text: Hello\n  - cache|Point: { type: default }\n';
    assert.match(said(file, 'yaml', yamlHoverAt) ?? '', /cachePoint.*An object with type, ttl/s);
  });
});
