/** By which VS Code knows the panel, also over a restart. */
export const panelType = 'cachepoint.run';
