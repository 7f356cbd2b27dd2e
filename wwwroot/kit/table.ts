import { create } from "./elements.ts";

/** A table with a heading for every column and row, in a box of its own that scrolls where the page is narrow. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], className = ""): HTMLElement {
  const made = create("table", className);
  const head = made.createTHead().insertRow();
  for (const text of header) {
    const cell = create("th", "", text);
    cell.scope = "col";
    head.append(cell);
  }
  const body = made.createTBody();
  for (const [name = "", ...cells] of rows) {
    const row = body.insertRow();
    const heading = create("th", "", name);
    heading.scope = "row";
    row.append(heading, ...cells.map((text) => create("td", "", text)));
  }
  const box = create("div", "scroll");
  box.tabIndex = 0;
  box.append(made);
  return box;
}

/** Something that opens on demand. */
export function details(summary: string, ...content: Node[]): HTMLDetailsElement {
  const made = create("details");
  made.append(create("summary", "", summary), ...content);
  return made;
}
