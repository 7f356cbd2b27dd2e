import { create } from "./elements.ts";

/** A cell's text, or text and elements in a row. */
export type Cell = string | readonly (Node | string)[];

/** A table with a heading for every column and row, in a box that scrolls sideways on narrow pages. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[], className = ""): HTMLElement {
  const made = create("table", className);
  const head = made.createTHead().insertRow();
  head.append(...header.map((text) => cell("col", text)));
  const body = made.createTBody();
  for (const [name = "", ...cells] of rows) {
    body.insertRow().append(cell("row", name), ...cells.map((content) => cell(undefined, content)));
  }
  const box = create("div", "scroll");
  box.tabIndex = 0;
  box.append(made);
  return box;
}

/** Content that opens on demand. */
export function details(summary: string, ...content: Node[]): HTMLDetailsElement {
  const made = create("details");
  made.append(create("summary", "", summary), ...content);
  return made;
}

/** A heading if it has a scope. */
function cell(scope: "col" | "row" | undefined, content: Cell): HTMLTableCellElement {
  const made = create(scope ? "th" : "td");
  if (scope) made.scope = scope;
  made.append(...(typeof content === "string" ? [content] : content));
  return made;
}
