import type { Shape } from '../service/shapes';

const bounds = ({ min, max }: { readonly min?: number; readonly max?: number }, unit: string): string => {
  const what = unit === '' ? '' : ` ${unit}`;
  if (min !== undefined && max !== undefined) return `, ${min} to ${max}${what}`;
  if (max !== undefined) return `, at most ${max}${what}`;
  return min !== undefined && min > 0 ? `, at least ${min}${what}` : '';
};

const names = (list: readonly string[]): string => list.join(', ');

/** What a member of a request takes, in a sentence, from the table of what the service takes. */
export const jsonHelp = (shape: Shape): string => {
  switch (shape.kind) {
    case 'structure':
      return `An object with ${names(Object.keys(shape.members))}.${shape.required.length === 0 ? '' : ` Required: ${names(shape.required)}.`}`;
    case 'union':
      return `An object with one of ${names(Object.keys(shape.members))}.`;
    case 'tagged':
      return `An object with a type: ${names(Object.keys(shape.types))}.`;
    case 'textOr':
      return 'A text, or a list of blocks.';
    case 'list':
      return `A list${bounds(shape, 'entries')}.`;
    case 'map':
      return `An object of names and values${bounds(shape, 'members')}.`;
    case 'string':
      return shape.values === undefined ? `A text${bounds(shape, 'characters')}.` : `One of ${names(shape.values)}.`;
    case 'integer':
      return `A whole number${bounds(shape, '')}.`;
    case 'float':
      return `A number${bounds(shape, '')}.`;
    case 'blob':
      return 'Bytes, as base64.';
    case 'boolean':
      return 'true or false.';
    case 'document':
      return 'Any JSON.';
  }
};
