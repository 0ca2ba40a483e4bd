/** What is asked and said before, during and after a run, and where tokens are counted. */
export const runDialogs = {
  countSigningIn: 'Counting tokens: signing in',
  sendTo: (name: string): string => `Send to ${name}`,
  countQuestion: (name: string): string => `Send this prompt to ${name} to be counted?`,
  countDetail: (address: string, region: string, identity: string): string =>
    `The text leaves this machine and goes to ${address}, Region ${region}, as ${identity}. Its tokens are counted; no model answers, and nothing is billed.`,
  counting: (file: string): string => `Counting the tokens of ${file}`,
  attempt: (attempt: number, reason: string): string => `attempt ${attempt}, after ${reason}`,
  countingWaits: 'Counting waits',
  countedOnMantle: (model: string): string =>
    `${model} is counted on bedrock-mantle only, and this prompt has no form there. The estimate stays.`,
  notCounted: (why: string): string => `The tokens were not counted. ${why}`,
  sendAnyway: 'Send Anyway',
  showProblem: 'Show Problem',
  notSent: (why: string): string => `Nothing was sent. ${why}`,
  moreErrors: (amount: number): string =>
    amount === 0 ? '' : ` There ${amount === 1 ? 'is 1 more error' : `are ${amount} more errors`} in it.`,
  toolsUnknown:
    'This prompt cannot be run from here: some of its tools are made only when the program runs. Copy it into a prompt file and write them there.',
  noModel: 'This prompt names no model, so it cannot be run. Name one in the setting cachepoint.defaultModelId.',
  cancelRun: 'Cancel Run',
  stillRunning: 'A run is still in progress. Cancel it first, or wait for it.',
  runsWait: 'Runs wait',
  running: (file: string): string => `Running ${file}`,
  toEmulator: (place: string): string => `Local emulator, ${place}`,
  toEndpoint: (place: string): string => `Endpoint ${place}`,
  stream: 'As a stream',
  streamDetail:
    'ConverseStream, or InvokeModelWithResponseStream for a body of InvokeModel. Converse where a model takes no tools in a stream',
  whole: 'In one piece',
  wholeDetail: 'Converse, or InvokeModel for a body of InvokeModel. The answer shows when all of it is there',
  mantle: 'Messages on bedrock-mantle',
  mantleDetail:
    'For Messages bodies of Claude: in the Region of the run, by the bare model id and at its price. Other prompts go as a stream',
  doorTitle: 'How are prompts sent to Amazon Bedrock?',
  sendCalls: (calls: string, name: string): string => `Send ${calls} calls to ${name}?`,
  signedAs: (destination: string, identity: string): string => `${destination} They are signed as ${identity}.`,
  showRun: 'Show Run',
} as const;
