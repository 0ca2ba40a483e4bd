/** How a word is written. */

export const lower = 0;
export const capitalised = 1;
export const capitals = 2;
export const mixed = 3;
export const beyondAscii = 4;
