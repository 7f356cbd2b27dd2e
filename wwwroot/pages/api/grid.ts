import { create } from "../../kit/elements.ts";
import { strings } from "./strings.ts";

/** A table whose cells may hold links, in a box of its own that scrolls where the page is narrow. */
export function grid(header: readonly string[], rows: readonly (readonly (readonly (Node | string)[])[])[]): HTMLElement {
  const made = create("table");
  const head = made.createTHead().insertRow();
  for (const text of header) {
    const cell = create("th", "", text);
    cell.scope = "col";
    head.append(cell);
  }
  const body = made.createTBody();
  for (const cells of rows) {
    const row = body.insertRow();
    for (const nodes of cells) row.insertCell().append(...nodes);
  }
  const box = create("div", "scroll");
  box.tabIndex = 0;
  box.append(made);
  return box;
}

/** A sentence in which `code` is marked, with the value that counts when none is given. */
export function prose(text: string, normally?: unknown): (Node | string)[] {
  const parts = text.split("`").map((part, index) => (index % 2 === 1 ? create("code", "", part) : part));
  return normally === undefined ? parts : [...parts, ` ${strings.normally(String(normally))}`];
}
