import { usage } from '../core/messages/commandLine';
import { mistake, type Mistake } from './outcome';

/** Calls an hour, as the setting takes them. */
export const readRate = (option: string, text: string): number | Mistake => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 1e7 ? value : mistake(usage.rate(option, text));
};

export const readWholeNumber = (option: string, text: string): number | Mistake =>
  /^[1-9]\d{0,8}$/.test(text) ? Number(text) : mistake(usage.wholeNumber(option, text));
