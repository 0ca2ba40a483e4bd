/** What each key of front matter holds, by its path; `*` stands for any name and for any entry of a list. */
const keyHelp: Readonly<Record<string, string>> = {
  modelId: 'The model, an inference profile, a prompt router or a managed prompt, by id or ARN. It decides minimum, lifetimes and prices.',
  toolConfig: 'Tools, as Converse takes them: a mapping, a list, or the path of a JSON or YAML file. They stand first in what is cached.',
  'toolConfig.tools': 'The tools that the model may use, and cache points between them.',
  'toolConfig.tools.*.toolSpec': 'A tool that your program offers: its name, what it is for, and the schema of its input.',
  'toolConfig.tools.*.toolSpec.name': 'By which the model calls it: letters, digits, _ and -, at most 64.',
  'toolConfig.tools.*.toolSpec.description': 'What it does and when to use it, for the model.',
  'toolConfig.tools.*.toolSpec.inputSchema': 'What it takes, as a JSON schema below the key json.',
  'toolConfig.tools.*.toolSpec.inputSchema.json': 'A JSON schema of type object.',
  'toolConfig.tools.*.toolSpec.strict': 'Let the model keep to the schema without exception, where it can.',
  'toolConfig.tools.*.systemTool': 'A tool that Bedrock itself provides.',
  'toolConfig.tools.*.systemTool.name': 'The name of that tool.',
  'toolConfig.tools.*.cachePoint': 'A cache point after the tools before it, where the model takes one among tools.',
  'toolConfig.tools.*.cachePoint.type': 'Always default.',
  'toolConfig.tools.*.cachePoint.ttl': 'How long an entry lives after its last use. Longer lifetimes come before shorter ones.',
  'toolConfig.toolChoice':
    'How the model chooses among the tools: auto, any, or a certain one. Another choice is another cache entry for the messages.',
  'toolConfig.toolChoice.auto': 'The model decides whether it uses a tool.',
  'toolConfig.toolChoice.any': 'The model uses some tool.',
  'toolConfig.toolChoice.tool': 'The model uses this tool.',
  'toolConfig.toolChoice.tool.name': 'The name of that tool.',
  additionalModelRequestFields:
    'Settings of the model that Converse has no name for, as thinking of Claude. Some of them change what the cache finds.',
  additionalModelResponseFieldPaths: 'JSON pointers to parts of the model’s own answer that are wanted back, at most 10.',
  inferenceConfig: 'Settings of the answer. They change nothing in the cache.',
  'inferenceConfig.maxTokens': 'The most tokens of the answer.',
  'inferenceConfig.temperature': 'How freely words are chosen, from 0 to 1. Some models take it or topP, not both.',
  'inferenceConfig.topP': 'From which share of the likeliest words one is chosen, from 0 to 1.',
  'inferenceConfig.stopSequences': 'Texts at which the answer ends.',
  guardrailConfig: 'The guardrail that the request goes through.',
  'guardrailConfig.guardrailIdentifier': 'Its id or ARN.',
  'guardrailConfig.guardrailVersion': 'Its version, a number or DRAFT.',
  'guardrailConfig.trace': 'Does the answer say what the guardrail did?',
  'guardrailConfig.streamProcessingMode': 'Does the stream wait for the guardrail (sync), or go on meanwhile (async)?',
  promptVariables: 'Values of the variables of a managed prompt, where modelId names one.',
  'promptVariables.*': 'The value of this variable.',
  'promptVariables.*.text': 'The value of this variable.',
  requestMetadata: 'Names and values for the log of invocations, at most 16. The model does not see them.',
  'requestMetadata.*': 'A value for the log.',
  performanceConfig: 'How fast the answer is wanted.',
  'performanceConfig.latency': 'Optimized answers come faster, on few models, and some refuse it together with cache points.',
  serviceTier: 'How the request is served and billed.',
  'serviceTier.type': 'The tier: flex costs half and waits, priority costs more and does not, reserved is bought as capacity.',
  outputConfig: 'The form of the answer.',
  'outputConfig.textFormat': 'Text that keeps to a schema. Another schema is another cache entry from the system text on.',
  'outputConfig.textFormat.type': 'Always json_schema.',
  'outputConfig.textFormat.structure': 'The schema, below the key jsonSchema.',
  'outputConfig.textFormat.structure.jsonSchema': 'A schema and what it is called.',
  'outputConfig.textFormat.structure.jsonSchema.schema': 'The JSON schema, as text.',
  'outputConfig.textFormat.structure.jsonSchema.name': 'What the form is called.',
  'outputConfig.textFormat.structure.jsonSchema.description': 'What it is for.',
  'outputConfig.effort': 'How much work the model puts into the answer, as low, medium or high, where it can be set.',
  name: 'What people call the prompt. It is not sent.',
  description: 'What the prompt is for. It is not sent.',
  variables: 'What stands for {{name}} in the text: an example, a value, and how often it changes.',
  'variables.*': 'How this variable is filled: an example, or a mapping.',
  'variables.*.example': 'Used for estimates and previews, never for a run.',
  'variables.*.default': 'Used where a run has no other value.',
  'variables.*.value': 'The value, always.',
  'variables.*.file': 'The text of this file is the value, always.',
  'variables.*.description': 'Shown in the hover, and when the value is asked for.',
  'variables.*.varies': 'How often the value changes. It decides what can be cached after it.',
  samples: 'Rows of values to run with: a list of mappings from variable to value.',
  'samples.*': 'One row: a value for some or all variables.',
  'samples.*.*': 'The value of this variable in the row.',
  static: 'Texts that look made for one request and are the same in each, such as a date in a contract.',
  traffic: 'How often the prompt is called. All figures use it.',
  'traffic.callsPerHour': 'Calls an hour, spread evenly.',
  'traffic.burst': 'Calls that come together.',
  'traffic.minutes': 'In how many minutes they come.',
};

const valueHelp: Readonly<Record<string, string>> = {
  'variables.*.varies=never': 'Always the same value: it does not disturb the cache.',
  'variables.*.varies=session': 'Another value in each session: what comes after it is cached for one session.',
  'variables.*.varies=request': 'Another value in each request: no cache point after it is read again.',
  'variables.*.varies=grows': 'The text before, and more: cached only in blocks that are appended.',
  'serviceTier.type=default': 'The usual service and price.',
  'serviceTier.type=priority': 'Served first, at 1.75 times the price.',
  'serviceTier.type=flex': 'Half the price, for what can wait.',
  'serviceTier.type=reserved': 'From capacity that was bought.',
  'performanceConfig.latency=standard': 'The usual speed.',
  'performanceConfig.latency=optimized': 'Faster, on few models. Some refuse it together with cache points.',
  'toolConfig.tools.*.cachePoint.ttl=5m': 'Five minutes after the last use.',
  'toolConfig.tools.*.cachePoint.ttl=1h': 'An hour after the last use, on models that have it. Writing costs more.',
  'guardrailConfig.streamProcessingMode=sync': 'Parts of the answer come after the guardrail has seen them.',
  'guardrailConfig.streamProcessingMode=async': 'Parts of the answer come at once, and the guardrail may end it.',
};

/** The help for a path: what is said of exactly these names, else of any name in their places. */
const lookUp = (table: Readonly<Record<string, string>>, path: readonly string[], tail = ''): string | undefined => {
  const fitting = Object.keys(table).find((pattern) => {
    if (!pattern.endsWith(tail)) return false;
    const steps = pattern.slice(0, pattern.length - tail.length).split('.');
    return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
  });
  return fitting === undefined ? undefined : table[fitting];
};

/** What a key of front matter holds; `undefined` for one that nothing reads. */
export const frontMatterHelp = (path: readonly string[]): string | undefined => lookUp(keyHelp, path);

/** What a value of a key means, where there is more to say than its name. */
export const frontMatterValueHelp = (path: readonly string[], value: string): string | undefined => lookUp(valueHelp, path, `=${value}`);

/** What completion says of the parts of a body. */
export const bodyHelp = {
  point: 'Cache point with the default lifetime of the model',
  hourPoint: 'Cache point that lives an hour',
  role: (role: string): string => `Begin a ${role} section`,
  undeclared: 'Used in the text and not declared',
} as const;
