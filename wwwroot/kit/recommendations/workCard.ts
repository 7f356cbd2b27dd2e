import type { Medium, Recommendation, RecommendationMode } from "../../client/contracts.generated.ts";
import { create } from "../elements.ts";
import { shape } from "../svg.ts";
import { shared } from "../strings.ts";
import { strings } from "./strings.ts";

/** Drawn in a 24 x 24 box, with the pages' line width: a film strip, a note, an open book. */
const icons: Readonly<Record<Medium, string>> = {
  movies: "M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5ZM8 5v14M16 5v14M4 9.5h4M4 14.5h4M16 9.5h4M16 14.5h4",
  songs: "M9 17.5V6l10-2v11.5M9 17.5a2.5 2.5 0 1 1-5 0a2.5 2.5 0 0 1 5 0ZM19 15.5a2.5 2.5 0 1 1-5 0a2.5 2.5 0 0 1 5 0Z",
  books: "M12 7c-2-1.6-4.6-2-8-2v13c3.4 0 6 .4 8 2c2-1.6 4.6-2 8-2V5c-3.4 0-6 .4-8 2Zm0 0v13",
};

/** One work: its title, maker and the expression it was picked for. The whole card is a link. */
export function workCard(work: Recommendation, mode: RecommendationMode): HTMLLIElement {
  const item = create("li", "work");
  item.dataset["testid"] = "work";
  item.dataset["for"] = work.for;
  item.style.setProperty("--emotion", `var(--${work.for})`);
  const link = create("a");
  link.href = work.link;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  const words = create("span");
  words.append(
    create("b", "", work.title),
    create("small", "", `${work.maker}, ${work.year}`),
    create("small", "reason", strings.for[mode](shared.emotions[work.for])),
  );
  link.append(cover(work.media), words);
  item.append(link);
  return item;
}

/** The icon of a kind of work. */
export function mediumIcon(medium: Medium): SVGElement {
  const icon = shape("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
  icon.append(shape("path", { d: icons[medium] }));
  return icon;
}

function cover(medium: Medium): HTMLElement {
  const made = create("span", "cover");
  made.append(mediumIcon(medium));
  return made;
}
