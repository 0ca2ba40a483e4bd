/** What of a prompt has no place in another form; a part of a sentence that `messages/conversion` finishes. */
export const noPlaceWording = {
  pointAfterReasoning: 'cachePoint after reasoningContent',
  unsignedReasoning: 'reasoningContent without a signature',
  emptyText: 'an empty text',
  role: (name: string): string => `role ${name}`,
  trailingBlanks: 'white space at the end of the last message',
  emptyMessage: 'a message without content',
  usesWithoutTools: 'uses of tools without the tools',
  toolWithoutDescription: 'a tool without a description',
} as const;
