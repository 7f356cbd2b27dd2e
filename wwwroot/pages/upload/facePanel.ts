import type { StillFace } from "../../client/stills.ts";
import { CorrectionMenu } from "../../kit/corrections/correctionMenu.ts";
import { create, element, setText } from "../../kit/elements.ts";
import { headPose } from "../../kit/headPose.ts";
import { fixed } from "../../kit/numbers.ts";
import { shared } from "../../kit/strings.ts";
import type { Picture } from "./picture.ts";
import { rankedBars } from "./rankedBars.ts";
import { headline } from "./sentences.ts";
import { strings } from "./strings.ts";
import { sureness } from "./sureness.ts";

/** The panel next to the picture: every face's headline, and all figures of the selected face. */
export class FacePanel {
  readonly #list = element("faces", HTMLUListElement);
  readonly #empty = element("faces-empty", HTMLElement);
  /** They outlive the cards, which are recreated on every change. */
  readonly #corrections = new WeakMap<StillFace, CorrectionMenu>();

  constructor(private readonly onSelect: (id: string) => void) {}

  show(picture: Picture | undefined): void {
    const faces = picture?.reading?.faces ?? [];
    // Keyboard focus must survive recreating the cards.
    const focused = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(...faces.map((face) => this.#card(face, face.id === picture?.selectedId, picture)));
    if (focused) this.#list.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
    this.#reveal();
    this.#empty.hidden = faces.length > 0;
    setText(this.#empty, explain(picture));
  }

  /** Scrolls the panel, never the page, to the selected face. */
  #reveal(): void {
    const card = this.#list.querySelector<HTMLElement>(".selected");
    const panel = this.#list.parentElement;
    if (!card || !panel) return;
    const hidden = card.offsetTop < panel.scrollTop || card.offsetTop + card.offsetHeight > panel.scrollTop + panel.clientHeight;
    if (hidden) panel.scrollTop = card.offsetTop - this.#list.offsetTop;
  }

  #card(face: StillFace, selected: boolean, picture: Picture | undefined): HTMLLIElement {
    const card = create("li", selected ? "face-card selected" : "face-card");
    card.dataset["testid"] = "face-card";
    card.dataset["dominant"] = face.dominant;
    card.style.setProperty("--emotion", `var(--${face.dominant})`);
    const head = create("button", "face-head");
    head.type = "button";
    head.setAttribute("aria-pressed", String(selected));
    const words = create("span");
    const { step, second } = sureness(face.certainty, face.emotions);
    words.append(create("b", "", headline(face)), create("small", "", strings.sureness[step](shared.emotions[second])));
    head.append(create("span", "face-id", face.id), words);
    head.addEventListener("click", () => this.onSelect(face.id));
    card.append(head);
    if (selected) {
      const body = details(face);
      if (picture?.reading?.correctable) body.append(this.#correction(face, picture).root);
      card.append(body);
    }
    return card;
  }

  #correction(face: StillFace, picture: Picture): CorrectionMenu {
    let menu = this.#corrections.get(face);
    if (!menu) {
      const misread = { dominant: face.dominant, known: async () => ({ face: await picture.askToken(face) }) };
      this.#corrections.set(face, (menu = new CorrectionMenu(() => misread, true)));
    }
    return menu;
  }
}

function details(face: StillFace): HTMLElement {
  const body = create("div", "face-body");
  body.append(rankedBars(face.emotions), create("p", "hint", shared.plane(fixed(face.valence, 1), fixed(face.arousal, 1))));
  if (face.pose) body.append(create("p", "hint pose", headPose(face.pose, shared.pose)));
  return body;
}

function explain(picture: Picture | undefined): string {
  if (!picture) return shared.facesIdle;
  if (picture.problem) return strings.pictureUnread;
  return picture.reading ? strings.pictureNoFace : strings.pictureReading;
}
