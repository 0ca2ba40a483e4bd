/** Texts are compared this many characters at a time, which costs far less than one at a time. */
const stride = 4096;

/** Characters that two texts share from their beginning; a surrogate pair is not parted. */
export const commonStart = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + stride <= most && a.slice(at, at + stride) === b.slice(at, at + stride)) at += stride;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  const before = at > 0 ? a.charCodeAt(at - 1) : 0;
  return before >= 0xd800 && before <= 0xdbff ? at - 1 : at;
};

/** Characters that two texts share at their ends, `from` and what is before it aside. */
export const commonEnd = (a: string, b: string, from: number): number => {
  const most = Math.min(a.length, b.length) - from;
  let count = 0;
  while (
    count + stride <= most &&
    a.slice(a.length - count - stride, a.length - count) === b.slice(b.length - count - stride, b.length - count)
  )
    count += stride;
  while (count < most && a.charCodeAt(a.length - count - 1) === b.charCodeAt(b.length - count - 1)) count += 1;
  return count;
};
