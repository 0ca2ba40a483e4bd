/** Names of the panel's tabs. */
export const tabTitles = { run: 'Runs', models: 'Models', forecast: 'Forecast' } as const;
