import { usage } from '../core/messages/commandLine';
import { mistake, type Mistake } from './outcome';

/** Calls an hour, as the setting takes them. */
export const readRate = (option: string, text: string): number | Mistake => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 1e7 ? value : mistake(usage.rate(option, text));
};

/** Seconds for each of some calls, with commas between; an empty place stands for no figure. */
export const readSeconds = (option: string, text: string, calls: number): readonly (number | undefined)[] | Mistake => {
  const parts = text.split(',').map((part) => part.trim());
  const seconds = parts.map((part) => (part === '' ? undefined : Number(part)));
  const fit = seconds.length === calls && seconds.every((value) => value === undefined || (value >= 0 && value <= 1e9));
  return fit ? seconds : mistake(usage.seconds(option, calls, text));
};

/** A whole number between two others. */
export const readWithin = (option: string, text: string, min: number, max: number): number | Mistake => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : mistake(usage.within(option, min, max, text));
};

export const readWholeNumber = (option: string, text: string): number | Mistake =>
  /^[1-9]\d{0,8}$/.test(text) ? Number(text) : mistake(usage.wholeNumber(option, text));
