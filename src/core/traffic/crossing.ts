/**
 * Where a function that is positive at `from` and not at `to` reaches zero, by halving on a logarithmic scale, to seven digits. Both ends are
 * above zero; with several crossings it finds one of them.
 */
export const crossingOf = (difference: (at: number) => number, from: number, to: number): number => {
  let [low, high] = [Math.log(from), Math.log(to)];
  for (let round = 0; round < 80 && high - low > 1e-7; round += 1) {
    const middle = (low + high) / 2;
    if (difference(Math.exp(middle)) > 0) low = middle;
    else high = middle;
  }
  return Math.exp(high);
};
