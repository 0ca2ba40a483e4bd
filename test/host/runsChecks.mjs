// What must be true of runs that are remembered, compared and explained.
// @ts-check
import { areRowsCounted } from './slowRows.mjs';

/** @import { RunsResult } from './runsJob.mjs' */

/** @type {readonly { readonly title: string, readonly holds: (result: RunsResult) => boolean }[]} */
export const runsChecks = [
  { title: 'a card says which prompt and sample it is about', holds: ({ identity }) => /page\.bedrock\.md · Sample 1/.test(identity) },
  {
    title: 'an answer is drawn as its Markdown says, with its picture as a link, and letter by letter',
    holds: ({ drawn, pictures, raw }) => drawn.length === 5 && pictures === 0 && raw.includes('| a film | 7 days |'),
  },
  {
    title: 'the page sums up what its runs read, wrote and cost',
    holds: ({ totals }) =>
      /Runs\n2\n/.test(totals) && /Cache read\n2,\d{3}\nCache write\n2,\d{3}\n/.test(totals) && /Saved\n\$/.test(totals),
  },
  {
    title: 'the status bar says for how long the prompt is likely warm, and what its next call costs',
    holds: ({ clock }) => /warm \d:\d\d · next ≈ \$0\.\d+ \(cold \$0\.\d+\)/.test(clock),
  },
  {
    title: 'a prompt is kept warm for so many calls, whose price is said first',
    holds: ({ offers, keeping }) =>
      offers.length === 3 &&
      offers.every((offer) => /^For \d+ minutes: \d+ calls, about \$0\.\d+$/.test(offer)) &&
      /kept warm, \d calls left/.test(keeping),
  },
  {
    title: 'a miss is explained by the first character that differs, and shown in the editor for differences',
    holds: ({ why, difference }) =>
      /Block 1 of the system text is different/.test(why) &&
      /differ from the first character on/.test(why) &&
      /Lost: 2,\d{3} tokens/.test(why) &&
      difference.includes('Be kind.'),
  },
  {
    title: 'the panel stays with its prompt while what a run sent is shown',
    holds: ({ beside }) => /^missed\.bedrock\.md\b/.test(beside) && beside.includes('Why it missed'),
  },
  {
    title: 'after a reload the panel has its run with its explanation and no text, and says so',
    holds: ({ back }) =>
      /Block 1 of the system text is different/.test(back) &&
      /were not kept/.test(back) &&
      !/What the library says|first character/.test(back),
  },
  {
    title: 'after a reload the status bar knows what is warm from the history',
    holds: ({ clockBack }) => /warm \d:\d\d · next ≈/.test(clockBack),
  },
  {
    title: 'the view of all runs lists those of a prompt, the newest first',
    holds: ({ remembered }) =>
      remembered.some((label) => /^remembered\.bedrock\.md: 2 runs · 50% read/.test(label)) &&
      remembered.findIndex((label) => /warm · Sample 1, 99% read/.test(label)) <
        remembered.findIndex((label) => /cold · Sample 1, 0% read/.test(label)),
  },
  {
    title: 'a filter leaves the runs that fit it',
    holds: ({ filtered }) => filtered.length === 3 && filtered.every((label) => /remembered|Sample 1/.test(label)),
  },
  {
    title: 'runs are exported without any text',
    holds: ({ exported }) =>
      exported.split('\r\n').length === 4 && exported.startsWith('started_at,') && !/library says|borrow four books/.test(exported),
  },
  {
    title: 'two runs without texts are compared by figures and hashes, and the next ones keep theirs if a person says so',
    holds: ({ compared, consent }) =>
      /Cache read\s+0\s+2,\d{3}/.test(compared) && /All blocks are the same/.test(compared) && /^From now on/.test(consent),
  },
  {
    title: 'all rows are answered, and one of them in the panel has its answer and says that it read what the first of them wrote',
    holds: ({ answers, status, details }) =>
      answers.length === 3 &&
      answers.every((answer) => answer !== '') &&
      /^Done: 3 of 3/.test(status) &&
      /rows\.bedrock\.md · Sample 2/.test(details) &&
      /Cache read\s+2,\d{3}/.test(details) &&
      /What the library says/.test(details),
  },
  {
    title: 'rows run on two models side by side',
    holds: ({ models, onModels }) =>
      /Sonnet 4\.5\n\$/.test(models[2] ?? '') && /Haiku 4\.5\n\$/.test(models[3] ?? '') && onModels.length === 2,
  },
  {
    title: 'rows are in their table again after a reload, with the answers that were kept',
    holds: ({ rowsBack }) => rowsBack.length === 6 && rowsBack.every((answer) => answer.includes('library says')),
  },
  {
    title: 'a conversation goes on in the prompt, its cache point after the new turn',
    holds: ({ next }) =>
      /# assistant:[^]*library says[^]*# user:\nAnd what does the second return cost\?\n<!-- cachePoint -->\n$/.test(next),
  },
  {
    title: 'a turn shows what was predicted beside what was measured',
    holds: ({ turn }) =>
      /Cache read\s+2,\d{3}\s+\d+%\s+[\d,]+\s–\s[\d,]+\s✓/.test(turn) && /Cache write\s+\d+\s+\d+%\s+[\d,]+\s–\s[\d,]+\s✓/.test(turn),
  },
  {
    title: 'the simulator draws four conversations and names the cheapest',
    holds: ({ cheapest, charts }) => /^Least: points after the system text and the newest turn, with \$/.test(cheapest) && charts === 4,
  },
  {
    title: 'two runs whose texts are at hand stand side by side, requests and answers',
    holds: ({ texts }) => texts.includes('request.json') && texts.includes('answer.md'),
  },
  {
    title: 'runs are deleted from their view, from the panel and from what is kept once that is confirmed, and not before',
    holds: ({ questions, removed, cards, removedBack }) =>
      /^Delete the run of [\d:]+ · cold · Sample 1\?/.test(questions[0] ?? '') &&
      /^Delete 2 runs of removed\.bedrock\.md\?/.test(questions[2] ?? '') &&
      /^Delete all runs of all prompts \(\d+ runs?\)\?/.test(questions[3] ?? '') &&
      questions.every((question) => /cannot be undone/.test(question)) &&
      removed.map((counts) => counts.join('/')).join() === '3/3,3/3,2/2,0/0' &&
      cards === 0 &&
      removedBack.join() === '0,0',
  },
  {
    title: 'the empty view says what it is for, and its button runs the prompt',
    holds: ({ welcome, welcomed }) =>
      /its text is kept only if you turn that on/.test(welcome) && /^removed\.bedrock\.md: 1 run/.test(welcomed[0] ?? ''),
  },
  {
    title: 'a tool that an answer calls is answered by hand, and what begins as JSON and is none is refused',
    holds: ({ called, refused }) =>
      /Called with \{"title":"simulated","copies":0\}/.test(called) &&
      !/does not fit/.test(called) &&
      /begins as JSON, and is none/.test(refused),
  },
  {
    title: 'the next request has the call of the tool and its result',
    holds: ({ results, sent, answered }) =>
      /# assistant:[^]*"toolUse"[^]*"find_book"[^]*# user:[^]*"toolResult"[^]*"shelf": 17[^]*And on which floor/.test(results) &&
      /toolUse[^]*toolResult/.test(sent) &&
      /the answer of a library/.test(answered),
  },
  {
    title:
      'rows are paused, resumed, canceled and tried again with the money so far, and each is sent once, or again where a person said so',
    holds: ({ seen }) => areRowsCounted(seen),
  },
  { title: 'nothing of it asks for anything outside this machine', holds: ({ outsideRequests }) => outsideRequests.length === 0 },
];
