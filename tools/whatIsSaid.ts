import { exampleOf, shownBy } from './ruleExamples';

const pair = /^```([^\n`]+)\n([^]*?)^```\n\n```text\n[^]*?^```$/gm;

/** The changes that are not released yet, each prompt in them with what is said of it now. Of a release it stays as it was said then. */
export const withWhatIsSaid = (changelog: string): string => {
  const end = changelog.search(/^## \[\d/m);
  const shown = changelog
    .slice(0, end)
    .replaceAll(
      pair,
      (_all, info: string, text: string) => `\`\`\`${info}\n${text}\`\`\`\n\n\`\`\`text\n${shownBy(exampleOf(info, text))}\`\`\``,
    );
  return shown + changelog.slice(end);
};
