import { visible } from "../../shared/base/visible.ts";

export type Child = Node | string | undefined | false | readonly Child[];
type Listener = (event: never) => void;
type Attributes = Readonly<Record<string, string | number | boolean | undefined | Listener>>;

function put(node: Element, child: Child): void {
  if (child === undefined || child === false) return;
  if (typeof child === "string") node.append(visible(child));
  else if (child instanceof Node) node.append(child);
  else for (const each of child as readonly Child[]) put(node, each);
}

function dress(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.replace(/^on/u, ""), value as (event: Event) => void);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== undefined && value !== false) node.setAttribute(name, String(value));
  }
}

/** An element. Texts are text, whatever is in them: nothing here reads markup. `onclick` and the like are functions. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  dress(node, attributes);
  put(node, children);
  return node;
}

/** An element of a drawing. */
export function svg(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): SVGElement {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  dress(node, attributes);
  put(node, children);
  return node;
}

export function fill(node: Element, ...children: readonly Child[]): void {
  node.replaceChildren();
  put(node, children);
}

/** An element of the page, which has it. */
export const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
