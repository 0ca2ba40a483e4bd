import * as vscode from 'vscode';
import { numberFormats } from '../../core/figures/numbers';

const formats = numberFormats(vscode.env.language);

/** When a run began, for a person: the time of day, and the date where that is another one. */
export const whenOf = (at: number): string => formats.moment(at, Date.now());
