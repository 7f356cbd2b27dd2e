import { create, element } from "../../kit/elements.ts";
import type { Picture } from "./picture.ts";
import { problemText } from "./sentences.ts";
import { strings } from "./strings.ts";

/** Thumbnails of all pictures, to show or remove one. */
export class PictureStrip {
  readonly #list = element("pictures", HTMLUListElement);

  constructor(
    private readonly onChoose: (picture: Picture) => void,
    private readonly onRemove: (picture: Picture) => void,
  ) {}

  show(pictures: readonly Picture[], current: Picture | undefined): void {
    const focused = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(...pictures.map((picture) => this.#thumb(picture, picture === current)));
    if (focused) this.#list.querySelector<HTMLElement>("[aria-current]")?.focus();
  }

  #thumb(picture: Picture, current: boolean): HTMLLIElement {
    const item = create("li", "thumb");
    item.dataset["testid"] = "thumb";
    item.dataset["state"] = picture.problem ? "failed" : picture.reading ? "read" : "reading";
    const button = create("button");
    button.type = "button";
    if (current) button.setAttribute("aria-current", "true");
    const state = stateOf(picture);
    button.setAttribute("aria-label", `${picture.name}: ${state}`);
    button.title = picture.name;
    if (picture.url) {
      const image = create("img");
      image.src = picture.url;
      image.alt = "";
      button.append(image);
    }
    button.append(create("span", "thumb-state", badgeOf(picture)));
    button.addEventListener("click", () => this.onChoose(picture));
    item.append(button, this.#remover(picture));
    return item;
  }

  #remover(picture: Picture): HTMLButtonElement {
    const remove = create("button", "thumb-remove", "×");
    remove.type = "button";
    remove.setAttribute("aria-label", strings.removePicture(picture.name));
    remove.title = strings.removePicture(picture.name);
    remove.addEventListener("click", () => this.onRemove(picture));
    return remove;
  }
}

function stateOf(picture: Picture): string {
  if (picture.problem) return problemText(picture.problem);
  return picture.reading ? strings.pictureFaces(picture.reading.faces.length) : strings.pictureReading;
}

function badgeOf(picture: Picture): string {
  return picture.problem ? "!" : picture.reading ? String(picture.reading.faces.length) : "…";
}
