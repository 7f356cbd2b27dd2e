import { create } from "../../kit/elements.ts";
import { table } from "../../kit/table.ts";

/** Shows the part of Markdown that the model cards use: headings, paragraphs, lists, tables, code, emphasis and links. */
export function markdown(text: string): HTMLElement {
  const made = create("div", "prose");
  for (const block of blocks(text)) made.append(render(block));
  return made;
}

/** Blocks are separated by blank lines, except inside fenced code; a heading is its own block. */
function blocks(text: string): string[] {
  const found: string[] = [];
  let open: string[] = [];
  let isCode = false;
  const close = (): void => {
    if (open.length > 0) found.push(open.join("\n"));
    open = [];
  };
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("```")) {
      if (!isCode) close();
      open.push(line);
      isCode = !isCode;
      if (!isCode) close();
    } else if (isCode) {
      open.push(line);
    } else if (/^#{1,6} /.test(line)) {
      close();
      found.push(line);
    } else if (line.trim() === "") {
      close();
    } else {
      open.push(line);
    }
  }
  close();
  return found;
}

function render(block: string): HTMLElement {
  const lines = block.split("\n");
  const heading = /^(#{1,6}) (.*)/.exec(block);
  if (heading) return inline(create((heading[1] ?? "").length < 3 ? "h3" : "h4"), heading[2] ?? "");
  if (block.startsWith("```")) {
    const code = create("pre", "", lines.slice(1, -1).join("\n"));
    code.tabIndex = 0;
    return code;
  }
  if (lines.length > 1 && /^\|[\s:|-]+\|$/.test(lines[1] ?? "")) return renderTable(lines);
  if (/^([-*]|\d+\.) /.test(block)) {
    const list = create(/^\d/.test(block) ? "ol" : "ul");
    for (const item of block.split(/\n(?=(?:[-*]|\d+\.) )/)) list.append(inline(create("li"), item.replace(/^([-*]|\d+\.) /, "")));
    return list;
  }
  return inline(create("p"), lines.join(" "));
}

function renderTable(lines: readonly string[]): HTMLElement {
  const cells = lines.filter((_, place) => place !== 1).map((line) => line.trim().slice(1, -1).split("|").map((cell) => cell.trim()));
  const [header = [], ...rows] = cells;
  const box = table(header, rows);
  for (const cell of box.querySelectorAll<HTMLElement>("th, td")) inline(cell, cell.textContent ?? "");
  return box;
}

/** Fills an element with text that may contain code, strong text and links; images are replaced by their alternative text. */
function inline<T extends HTMLElement>(target: T, text: string): T {
  target.textContent = "";
  for (const part of text.split(/(`[^`]+`|\*\*[^*]+\*\*|!?\[[^\]]*\]\([^)\s]+\))/)) {
    const link = /^(!?)\[([^\]]*)\]\(([^)\s]+)\)$/.exec(part);
    if (part.startsWith("`")) target.append(create("code", "", part.slice(1, -1)));
    else if (part.startsWith("**")) target.append(create("strong", "", part.slice(2, -2)));
    else if (link && !link[1] && /^https?:/.test(link[3] ?? "")) {
      const anchor = create("a", "", link[2]);
      anchor.href = link[3] ?? "";
      anchor.rel = "noopener";
      target.append(anchor);
    } else target.append(link ? (link[2] ?? "") : part);
  }
  return target;
}
