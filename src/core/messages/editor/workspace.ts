import type { NameFault } from '../../formats/promptFileName';

/** What is asked and said where prompts and samples are made, and in the list of what can be done. */
export const workspaceDialogs = {
  newTitle: 'New Prompt File',
  newName: (folder: string): string => `Name of the file in ${folder}; .bedrock.md is added`,
  exists: 'This file exists.',
  promptFiles: 'Bedrock prompt',
  renameTo: (name: string): string => `Rename to ${name}`,
  misnamed: (ending: string, name: string): string => `A prompt file is known by its ending ${ending}; ${name} is taken for other text.`,
  supportDesk: 'Support desk',
  supportDeskDetail: 'A policy shared by all customers, cached for an hour; a customer and a question after it',
  handbook: 'Employee handbook with tools',
  handbookDetail: 'A long handbook, tools with a cache point of their own, few-shot answers',
  agent: 'Agent transcript',
  agentDetail: 'Tool calls and results with a cache point that moves along',
  nova: 'Nova translator',
  novaDetail: 'One cache point in the system text, as Nova takes it',
  broken: 'Broken on purpose',
  brokenDetail: 'A date, a lifetime in the wrong order, a prefix that is too short: with fixes',
  converse: 'Converse request (JSON)',
  converseDetail: 'The same support desk as a request body',
  sampleTitle: 'Open a sample prompt',
  copySample: 'Copy Sample Here',
  thisPrompt: 'This prompt',
  run: '$(play) Run',
  runTwice: '$(run-all) Run Twice',
  runTwiceDetail: 'cold, then warm',
  openPanel: '$(layout-sidebar-right) Open Panel',
  previewRequest: '$(json) Preview Request',
  optimize: '$(symbol-numeric) Optimize Cache Points',
  compareModels: '$(table) Compare Models',
  chooseModel: '$(symbol-class) Choose Model…',
  forecast: '$(graph-line) Forecast Costs',
  runs: 'Runs',
  chooseEndpoint: '$(plug) Choose Where Runs Go…',
  now: (destination: string): string => `now: ${destination}`,
  chooseProfile: '$(account) Choose AWS Profile…',
  chooseRegion: '$(globe) Choose AWS Region…',
  chooseDoor: '$(arrow-swap) Choose How Prompts Are Sent…',
  editor: 'Editor',
  toggleCacheMap: '$(symbol-color) Toggle Cache Map',
  showLog: '$(output) Show Log',
  diagnosticsCopied: '$(check) Diagnostics copied',
} as const;

/** What is wrong with the name of a new file. */
export const nameFaults: { readonly [F in NameFault]: string } = {
  empty: 'Type a name.',
  outside: 'Type a name, or a path below this folder.',
  characters: 'A file name cannot have these characters: < > : " | ? *',
};

/** Lines of the report for an issue, which is read in English whatever the editor speaks. */
export const reportText = {
  editor: 'Editor',
  host: 'Extension host',
  workspace: 'Workspace',
  workspaceState: (isTrusted: boolean, folders: number): string => `${isTrusted ? 'trusted' : 'not trusted'}, ${folders} folders`,
} as const;
