import MarkdownIt from 'markdown-it';

/** One token of the parser: a block that opens or closes, a text, a picture. */
export type Token = ReturnType<typeof parser.parse>[number];

/** Definitions of links by their names; what is parsed later sees those of what was parsed before. */
export type References = NonNullable<NonNullable<Parameters<typeof parser.parse>[1]>['references']>;

/** Markup of HTML is text here, and addresses are made links only where the text says so. */
const parser = new MarkdownIt({ html: false, linkify: false });

/** The tokens of a text. Definitions of links that stand in it are added to `references`. */
export const parseMarkdown = (text: string, references: References): readonly Token[] => parser.parse(text, { references });
