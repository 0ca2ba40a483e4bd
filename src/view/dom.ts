import { visible } from '../core/text/visible';

/** The only way in which this page makes elements: text enters as text nodes, never as markup, and with what cannot be seen in it made seen. */

type Handler = (event: Event) => void;

/** Attributes by name; `undefined` and `false` leave one out, `true` gives an empty one, a function listens to the event of its name without `on`. */
export type Props = { readonly [name: string]: string | number | boolean | undefined | Handler };
export type Child = Node | string;

/** One part of the page: made once, then brought up to date in place, so that focus and scroll positions survive. */
export interface Part<V> {
  readonly element: HTMLElement | SVGElement;
  readonly update: (view: V) => void;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** Sets one attribute if it differs; a redrawn page that says the same changes nothing. */
export const setAttribute = (element: Element, name: string, value: string | number | boolean | undefined): void => {
  if (value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : visible(String(value));
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
};

/** Replaces what an element says, if it says something else. */
export const setText = (element: Element, text: string): void => {
  const shown = visible(text);
  if (element.textContent !== shown) element.textContent = shown;
};

/** Shows or hides an element, also from assistive technology. */
export const show = (element: Element, visible: boolean): void => setAttribute(element, 'hidden', !visible);

const fill = (element: Element, props: Props, children: readonly Child[]): void => {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
    else setAttribute(element, name, value);
  }
  element.append(...children.map((child) => (typeof child === 'string' ? visible(child) : child)));
};

/** Makes an HTML element. */
export const el = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  fill(element, props, children);
  return element;
};

/** Makes an SVG element. */
export const svg = <K extends keyof SVGElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] => {
  const element = document.createElementNS(svgNamespace, tag);
  fill(element, props, children);
  return element;
};

/**
 * Keeps the children of an element in step with a list: parts with a known key are updated in place, others made or removed.
 * A part is moved only when the order of those that stay has changed.
 */
export const keyedList = <V>(
  parent: Element,
  keyOf: (view: V) => string,
  create: (view: V) => Part<V>,
): ((views: readonly V[]) => void) => {
  let parts = new Map<string, Part<V>>();
  return (views) => {
    const next = new Map<string, Part<V>>();
    for (const view of views) {
      const key = keyOf(view);
      if (next.has(key)) continue;
      const part = parts.get(key) ?? create(view);
      part.update(view);
      next.set(key, part);
    }
    for (const [key, part] of parts) if (!next.has(key)) part.element.remove();
    let place = 0;
    for (const { element } of next.values()) {
      const there = parent.children[place] ?? null;
      if (there !== element) parent.insertBefore(element, there);
      place += 1;
    }
    parts = next;
  };
};
