import * as vscode from 'vscode';

/** When a run began, for a person: the time of day, and the date where that is another one. */
export const whenOf = (at: number): string => {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const options = isToday ? time : ({ ...time, year: 'numeric', month: 'short', day: 'numeric' } as const);
  return new Intl.DateTimeFormat(vscode.env.language, options).format(date);
};
