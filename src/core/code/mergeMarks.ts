const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ');

const conflict = /^<{7}(?: [^\n]*)?\n([^]*?)^={7}\r?\n([^]*?)^>{7}(?: [^\n]*)?$/gm;

/** A text in which of two sides that a merge left the first one stands alone, at its place: marks and the other side become spaces. */
export const withoutMergeMarks = (text: string): string =>
  text.includes('<<<<<<<')
    ? text.replace(conflict, (whole: string, first: string) => {
        const at = whole.indexOf('\n') + 1;
        return blank(whole.slice(0, at)) + first + blank(whole.slice(at + first.length));
      })
    : text;
