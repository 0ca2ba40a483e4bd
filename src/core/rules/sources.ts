/** Sources that several rules rest on. */

export const awsCaching = 'AWS user guide, Prompt caching for faster model inference, 2026-10';
export const anthropicCaching = 'Anthropic documentation, Prompt caching, 2026-08-21';
export const ownFormat = "The format of prompt files is this extension's own, as of version 0.1.0, 2026-11";
