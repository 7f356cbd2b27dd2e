import { create, element } from "../../kit/elements.ts";
import type { Marker } from "./exportRows.ts";
import { strings } from "./strings.ts";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** The viewer's own notes on the timeline, such as "slide 3". */
export class Markers {
  readonly #text = element("marker-text", HTMLInputElement);
  readonly #list = element("markers", HTMLUListElement);
  #markers: readonly Marker[] = [];

  constructor(now: () => number | undefined, private readonly onChange: () => void) {
    this.#text.placeholder = strings.markerHint;
    element("marker-form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const at = now();
      if (at === undefined) return;
      this.#change([...this.#markers, { at, text: this.#text.value.trim() || strings.markerNumber(this.#markers.length + 1) }]);
      this.#text.value = "";
    });
  }

  between(from: number, to: number): Marker[] {
    return this.#markers.filter(({ at }) => at >= from && at <= to);
  }

  #change(markers: readonly Marker[]): void {
    this.#markers = markers;
    this.#list.replaceChildren(...markers.map((marker) => this.#chip(marker)));
    this.onChange();
  }

  #chip(marker: Marker): HTMLElement {
    const item = create("li", "tag");
    const remove = create("button", "link", "×");
    remove.type = "button";
    remove.title = strings.removeMarker(marker.text);
    remove.setAttribute("aria-label", remove.title);
    remove.addEventListener("click", () => {
      this.#change(this.#markers.filter((other) => other !== marker));
      this.#text.focus();
    });
    item.dataset["testid"] = "marker";
    item.append(create("b", "", marker.text), create("time", "", clock.format(marker.at)), remove);
    return item;
  }
}
