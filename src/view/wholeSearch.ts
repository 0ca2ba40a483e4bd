import { setAttribute } from './dom';

/**
 * VS Code in a browser searches a page by `find` of its window, which passes over what is not laid out because it is out of sight. So all of it is laid
 * out before the first search; `end` lets what is out of sight rest again, for while an answer grows. A window without `find`, which is no part of any
 * standard, stays as it is.
 */
export const wholeSearch = (window: object, body: HTMLElement): { readonly end: () => void } => {
  const find: unknown = Reflect.get(window, 'find');
  if (typeof find === 'function')
    Reflect.set(window, 'find', (...wanted: readonly unknown[]): unknown => {
      setAttribute(body, 'data-searched', true);
      return Reflect.apply(find, window, wanted);
    });
  return { end: () => setAttribute(body, 'data-searched', undefined) };
};
