/** What a button beside the explanation of a run may ask for. */
export type WhyAction = 'showDifference' | 'goToLine' | 'fix' | 'keepTexts';

export const whyActions: readonly WhyAction[] = ['showDifference', 'goToLine', 'fix', 'keepTexts'];

/** The labels of the buttons; a fix is called as its rule calls it. */
export const whyLabels: { readonly [A in Exclude<WhyAction, 'fix'>]: string } = {
  showDifference: 'Show Difference',
  goToLine: 'Go to Line',
  keepTexts: 'Keep Texts from Now On',
};
