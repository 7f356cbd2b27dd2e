import { create, element } from "../../kit/elements.ts";
import { startPage } from "../../kit/startPage.ts";
import "./api.css";
import type { Document } from "./contracts.ts";
import { operationCard } from "./operations.ts";
import { prose } from "./prose.ts";
import { members, shapeId, typeOf } from "./shapes.ts";
import { strings } from "./strings.ts";

const address = "openapi/v1.json";
/** A section with a heading, linked from the list of sections. */
function section(title: string, ...content: Node[]): HTMLElement {
  const made = create("section", "reference-section");
  const heading = create("h2", "", title);
  heading.id = `section-${title.toLowerCase()}`;
  made.setAttribute("aria-labelledby", heading.id);
  made.append(heading, ...content);
  const link = create("a", "", title);
  link.href = `#${heading.id}`;
  element("headings", HTMLElement).append(link);
  return made;
}

function operations({ paths }: Document): HTMLElement[] {
  const cards = new Map<string, HTMLElement[]>();
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      const heading = operation.tags?.[0] ?? "";
      cards.set(heading, [...(cards.get(heading) ?? []), operationCard(method, path, operation)]);
    }
  return [...cards].sort(([one], [other]) => rank(one) - rank(other)).map(([heading, list]) => section(heading, ...list));
}

/** The most used sections come first, the operator's last. */
function rank(heading: string): number {
  return ["Pictures", "Videos", "Compatible", "Recommendations"].indexOf(heading) + 1 || (heading === "Server" ? 99 : 50);
}

function shapes({ components }: Document): HTMLElement {
  const cards = Object.entries(components?.schemas ?? {}).map(([name, schema]) => {
    const card = create("article", "card operation");
    const heading = create("h3");
    heading.id = shapeId(name);
    heading.append(create("code", "", name));
    const meaning = create("p");
    meaning.append(...prose(schema.description ?? ""));
    const fields = members(schema);
    const kind = create("p", "hint");
    kind.append(...typeOf(schema));
    card.append(heading, meaning, fields ?? kind);
    return card;
  });
  return section(strings.shapes, create("p", "hint", strings.shapesLead), ...cards);
}

async function load(): Promise<void> {
  const status = element("status", HTMLElement);
  try {
    const reply = await fetch(address);
    if (!reply.ok) throw new Error(reply.statusText);
    const description = (await reply.json()) as Document;
    const about = create("p");
    about.append(...prose(description.info.description ?? ""));
    element("reference", HTMLElement).replaceChildren(about, ...operations(description), shapes(description));
    status.hidden = true;
    // The browser looked for the anchor before it existed.
    if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
  } catch {
    status.className = "alert";
    status.textContent = strings.unreachable;
  }
}

startPage("api", strings);
const source = create("a", "", address);
source.href = address;
document.querySelector(".lead")?.append(" ", source);
void load();
