import { targetIds } from '../core/convert/targetIds';
import { targetTitles } from '../core/messages/conversion';

const general = `Cachepoint checks prompts for Amazon Bedrock: what will be cached, what it costs, and what the service refuses.

  cachepoint check [PATHS]       find problems in prompts, and fix them
  cachepoint explain FILE        show what is cached, with tokens and cost
  cachepoint explain CODE        print the page of a rule, as cache/missing
  cachepoint optimize FILE       put cache points where they save most
  cachepoint predict FILE...     say what requests sent in this order read, write and cost
  cachepoint simulate FILE       play a conversation in figures, by four places for cache points
  cachepoint render FILE         print the request that is sent, or the prompt in another form
  cachepoint emulator            run the emulator of Bedrock on this machine

  --help, -h       this text, or that of a command
  --version, -v    the version

Nothing is sent anywhere. Settings come from the nearest cachepoint.json upward, else from .vscode/settings.json.
Exit codes: 0 fine, 1 problems were found, 2 the call or a file was not usable.
`;

const check = `cachepoint check [PATHS]

Finds problems in all prompts of files, folders and globs; without paths in this folder. What .gitignore names, hidden folders and node_modules
are left out, unless they are named here.

  --format FORMAT         text (default), json, sarif or github
  --fix[=KIND]            apply fixes: safe (default) leaves what is sent as it is; moves may also move lines and cache points;
                          changes applies all preferred fixes
  --since REF             only problems on lines that changed since this commit, branch or tag
  --fail-on SEVERITY      end with 1 from this severity on: error (default), warning or never
  --stdin-filename NAME   check standard input as if it were this file
  --no-cache              neither read nor keep results of earlier checks
  --help                  this text
`;

const explain = `cachepoint explain FILE[#PROMPT]
cachepoint explain CODE

Shows what of a prompt is cached, its cache points with tokens, minimum, lifetime and cost, and the text with what is read from the cache.
With the code of a rule it prints the page of that rule.

  --models        the prompt on every model of the catalog
  --traffic N     calls an hour that costs are computed for
  --json          the report of the prompt as JSON
  --help          this text
`;

const optimize = `cachepoint optimize FILE[#PROMPT]

Shows where cache points save most at the prompt's traffic: before, after and the difference.

  --traffic N     calls an hour
  --write         apply it to the file
  --help          this text
`;

const targetLines = targetIds.map((id) => `                          ${id.padEnd(19)} ${targetTitles[id]}`).join('\n');

const render = `cachepoint render FILE[#PROMPT]

Prints the request as it is sent. Variables take their value, default or example; one without stands as {{name}}.

  --as TARGET             print the prompt in another form, which sends the same; variables stay variables where the form has such:
${targetLines}
  --language LANGUAGE     of a client that exists in several: python (default) or typescript
  --row N                 take the values of this row of the samples, from 1
  --help                  this text
`;

const predict = `cachepoint predict FILE[#PROMPT]...

Says of requests that are sent in this order what each reads from the cache, writes to it and pays in full. Nothing is cached before the first.

  --at SECONDS,...       when each is sent; without it all at once, one after the other
  --begins SECONDS,...   how long after it is sent each answer begins: until then others cannot read what it writes
  --values FILE          variables: a JSON list with one object for each request
  --json                 as JSON
  --help                 this text
`;

const simulate = `cachepoint simulate FILE[#PROMPT]

Plays a conversation that begins with the prompt in figures, and compares four places for cache points: none, behind the system text, and one or two
that move with each turn. Sizes are tokens; those of the prompt count where none is given.

  --turns N        turns of the conversation (10)
  --tool-calls N   rounds of tools in each turn
  --system N       tools and system text together
  --user N         a turn of the user
  --answer N       an answer (300)
  --call N         a tool call (80)
  --result N       the result of a tool (500)
  --pause N        seconds between turns (60)
  --step N         seconds between the calls of a turn (5)
  --ttl TTL        lifetime of the cache points, as 5m or 1h
  --json           each call as JSON
  --help           this text
`;

/** Texts of `--help`; the emulator has its own. */
export const helpTexts = { general, check, explain, optimize, predict, render, simulate } as const;
