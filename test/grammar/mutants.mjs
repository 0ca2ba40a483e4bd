/** Changes to the grammars that a person could make by mistake. Each must be noticed by an assertion. */
const prompt = (name, change) => ({ name, scope: 'text.bedrock-prompt', change });
const rule = (name, key, from, to) =>
  prompt(name, (grammar) => {
    const at = grammar.repository[key];
    for (const field of ['match', 'begin', 'end']) if (typeof at[field] === 'string') at[field] = at[field].replace(from, to);
  });
const withSelector = (name, from, to) =>
  prompt(name, (grammar) => {
    grammar.injections = Object.fromEntries(
      Object.entries(grammar.injections).map(([selector, value]) => [selector.replaceAll(from, to), value]),
    );
  });

export const mutants = [
  rule('no assistant role', 'role-line', '|assistant', ''),
  rule('roles in one case only', 'role-line', '(?i:', '(?:'),
  rule('text behind a role', 'role-line', /\$$/, ''),
  rule('a role needs its number sign', 'role-line', '(#?)', '(#)'),
  rule('no escape of a role', 'role-escape', '\\\\', '%'),
  rule('marker with text behind it', 'cache-marker', /\[ \\t\]\*\$$/, ''),
  rule('marker word in any case', 'cache-marker', '(cachePoint)', '((?i:cachePoint))'),
  rule('marker at column nought only', 'cache-marker', /^\(\?:\^\|.*?\)\)\[ \\t\]\*/, '^'),
  prompt('no lifetime of an hour', (grammar) => {
    const at = grammar.repository['cache-marker-attributes'].patterns[0];
    at.match = at.match.replace('|1h', '');
  }),
  prompt('unknown attributes pass', (grammar) => {
    grammar.repository['cache-marker-attributes'].patterns.splice(1, 1);
  }),
  rule('variables without spaces', 'variable', '[ \\t]*', ''),
  rule('variables may begin with a digit', 'variable', '[A-Za-z_]', '[A-Za-z0-9_]'),
  rule('includes are variables', 'include', '(>)', '(%)'),
  prompt('no escape of a variable', (grammar) => {
    grammar.repository.template.patterns.shift();
  }),
  rule('converse fence by its beginning', 'converse-fence', '(converse)[ \\t]*$', '(converse)'),
  prompt('half-typed JSON runs past its fence', (grammar) => {
    delete grammar.repository['converse-fence'].patterns[0].while;
    grammar.repository['converse-fence'].patterns[0].end = '(?!)';
  }),
  prompt('half-typed YAML runs past its fence', (grammar) => {
    delete grammar.repository['front-matter'].patterns[0].while;
    grammar.repository['front-matter'].patterns[0].end = '(?!)';
  }),
  rule('front matter anywhere', 'front-matter', '\\A', '^'),
  prompt('images of any kind', (grammar) => {
    const at = grammar.repository['media-line'].patterns[0];
    at.match = at.match.replace('png|', 'png|avi|');
  }),
  prompt('documents from the web', (grammar) => {
    const at = grammar.repository['media-line'].patterns[1];
    at.match = at.match.replace('(?!(?i:(?!s3:)[a-z][a-z+.-]+:))', '');
  }),
  prompt('nothing inside inline code', (grammar) => {
    grammar.repository['code-with-template'].begin = '(?!)';
  }),
  withSelector('markers inside fences', ' - markup.fenced_code', ''),
  withSelector('variables inside front matter', ' - meta.embedded.block.frontmatter', ''),
  withSelector('Markdown wins over ours', 'L:', ''),
  {
    name: 'any key with the word in it',
    scope: 'converse-json.injection',
    change: (grammar) => {
      grammar.patterns[0].match = 'cachePoint';
    },
  },
  {
    name: 'values as well as keys',
    scope: 'converse-json.injection',
    change: (grammar) => {
      grammar.injectionSelector = 'L:source.json, L:source.json.comments';
    },
  },
];
