/** Time that runs, as minutes and seconds: "0:07", "4:12", "61:00". Whole seconds that have passed; never below zero. */
export const clockText = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};
