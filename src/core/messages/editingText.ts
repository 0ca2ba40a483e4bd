/** Words beside what an editor offers and shows of a text. */
export const editingText = {
  required: 'Required',
  varies: (how: string): string => `varies: ${how}`,
  anyOf: (names: readonly string[]): string => names.join(' or '),
  inAccount: (detail: string): string => `${detail} · in the account`,
  calls: (places: string): string => `Calls may be ${places}.`,
  /** `place`: where the cache point stands in the request. */
  point: (ttl: string, place: string): string => `cache point${ttl} · ${place}`,
  pointAfter: (ttl: string, place: string): string => `cache point${ttl} · after ${place}`,
  base64: (place: string, characters: number): string => `${place}: ${characters} characters of base64`,
  falseAlarm: (code: string): string => `False alarm: ${code}`,
} as const;
