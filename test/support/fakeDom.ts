/** As much of a document as the panel's drawing functions touch: elements, text, attributes, events and simple selectors. */

type Listener = (event: FakeEvent) => void;

export interface FakeEvent {
  readonly type: string;
  readonly target: FakeElement;
  readonly key?: string;
  readonly ctrlKey?: boolean;
  readonly preventDefault?: () => void;
}

export class FakeText {
  parent: FakeElement | undefined = undefined;
  constructor(public data: string) {}
  get textContent(): string {
    return this.data;
  }
  get length(): number {
    return this.data.length;
  }
  appendData(text: string): void {
    this.data += text;
  }
}

type FakeNode = FakeElement | FakeText;

/** One attribute test of a selector: `[name]` or `[name="value"]`. */
const attributePattern = /\[([\w-]+)(?:="([^"]*)")?\]/g;

export class FakeElement {
  readonly childNodes: FakeNode[] = [];
  readonly #attributes = new Map<string, string>();
  readonly #listeners = new Map<string, Listener[]>();
  parent: FakeElement | undefined = undefined;
  scrollTop = 0;
  scrollHeight = 0;
  clientHeight = 0;
  /** How often anything below or of this element was changed; a redraw that says the same must not count. */
  changes = 0;

  constructor(readonly tagName: string) {}

  get children(): readonly FakeElement[] {
    return this.childNodes.filter((node) => node instanceof FakeElement);
  }
  get textContent(): string {
    return this.childNodes.map((node) => node.textContent).join('');
  }
  set textContent(text: string) {
    this.#changed();
    this.childNodes.splice(0);
    if (text !== '') this.append(text);
  }
  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }
  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }
  setAttribute(name: string, value: string): void {
    this.#changed();
    this.#attributes.set(name, value);
  }
  removeAttribute(name: string): void {
    this.#changed();
    this.#attributes.delete(name);
  }
  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }
  /** Calls the listeners of a click. */
  click(): void {
    this.fire('click');
  }
  /** Calls the listeners of an event; `more` are members of its kind. Gives whether one of them said that nobody else is to act on it. */
  fire(type: string, more: Pick<FakeEvent, 'key' | 'ctrlKey'> = {}): boolean {
    let isPrevented = false;
    const event = { type, target: this, preventDefault: () => void (isPrevented = true), ...more };
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
    return isPrevented;
  }
  /** This element is the document's active one from now on. */
  focus(): void {
    fakeDocument.activeElement = this;
  }
  /** How often all of its text was selected. */
  selections = 0;
  select(): void {
    this.selections += 1;
  }
  contains(other: unknown): boolean {
    return other === this || this.children.some((child) => child.contains(other));
  }
  append(...nodes: readonly (FakeNode | string)[]): void {
    for (const node of nodes) this.insertBefore(typeof node === 'string' ? new FakeText(node) : node, null);
  }
  insertBefore(node: FakeNode, before: FakeNode | null): void {
    if (node.parent) node.parent.#drop(node);
    const place = before === null ? -1 : this.childNodes.indexOf(before);
    this.childNodes.splice(place < 0 ? this.childNodes.length : place, 0, node);
    node.parent = this;
    this.#changed();
  }
  remove(): void {
    if (this.parent) this.parent.#drop(this);
  }
  /** Descendants that match a tag, `.class` and `[attribute]` tests, all of one element. */
  querySelectorAll(selector: string): readonly FakeElement[] {
    return this.children.flatMap((child) => [...(child.#matches(selector) ? [child] : []), ...child.querySelectorAll(selector)]);
  }
  querySelector(selector: string): FakeElement | undefined {
    return this.querySelectorAll(selector)[0];
  }

  #matches(selector: string): boolean {
    const tag = /^[\w-]+/.exec(selector)?.[0];
    if (tag !== undefined && tag !== this.tagName) return false;
    const classes = (this.getAttribute('class') ?? '').split(' ');
    if ([...selector.matchAll(/\.([\w-]+)/g)].some(([, name]) => !classes.includes(name ?? ''))) return false;
    return [...selector.matchAll(attributePattern)].every(([, name = '', value]) =>
      value === undefined ? this.hasAttribute(name) : this.getAttribute(name) === value,
    );
  }
  #drop(node: FakeNode): void {
    const place = this.childNodes.indexOf(node);
    if (place >= 0) this.childNodes.splice(place, 1);
    node.parent = undefined;
    this.#changed();
  }
  #changed(): void {
    this.changes += 1;
    if (this.parent) this.parent.#changed();
  }
}

/** The document, with the element that has the focus. */
export const fakeDocument = {
  activeElement: undefined as FakeElement | undefined,
  createElement: (tag: string) => new FakeElement(tag),
  createElementNS: (_namespace: string, tag: string) => new FakeElement(tag),
  createTextNode: (text: string) => new FakeText(text),
};

/** Puts the fake in the place of the global `document` and of the frames that a browser draws, and returns what takes it away again. */
export const installFakeDom = (): (() => void) => {
  const names = ['document', 'requestAnimationFrame'] as const;
  const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  Object.defineProperty(globalThis, 'document', { value: fakeDocument, configurable: true, writable: true });
  // The next frame comes at once.
  const requestAnimationFrame = (draw: () => void): void => draw();
  Object.defineProperty(globalThis, 'requestAnimationFrame', { value: requestAnimationFrame, configurable: true, writable: true });
  return () => {
    for (const [index, name] of names.entries()) {
      const former = before[index];
      if (former) Object.defineProperty(globalThis, name, former);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
};

/** What a drawing function returned, seen as what it is in a test. */
export const asFake = (node: unknown): FakeElement => {
  if (node instanceof FakeElement) return node;
  throw new Error('not made by the fake document');
};
