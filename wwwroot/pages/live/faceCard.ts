import type { FaceReading } from "../../client/contracts.ts";
import type { Freshness } from "../../client/freshness.ts";
import { markAge } from "../../kit/aging.ts";
import { appearance } from "../../kit/appearance.ts";
import { create, setText } from "../../kit/elements.ts";
import { EmotionBars } from "../../kit/emotionBars.ts";
import { headPose } from "../../kit/headPose.ts";
import { fixed } from "../../kit/numbers.ts";
import { shared } from "../../kit/strings.ts";
import { strings } from "./strings.ts";

/** The dot stays within this percentage of the center, clear of the words at the edges. */
const planeReach = 36;

/** One face's numbers: eight bars and its position by valence and arousal. */
export class FaceCard {
  readonly root = create("li", "face-card");
  readonly #button = create("button", "face-head");
  readonly #headline = create("b");
  readonly #age = create("small");
  readonly #pose = create("small", "pose");
  readonly #bars = new EmotionBars();
  readonly #plane = create("div", "plane");
  readonly #dot = create("i");
  #takenAt = 0;

  constructor(id: string, onSelect: () => void, ...extras: Node[]) {
    this.root.dataset["testid"] = "face-card";
    this.root.dataset["faceId"] = id;
    this.#button.type = "button";
    this.#button.title = strings.selectFace(id);
    const words = create("span");
    words.append(this.#headline, this.#age, this.#pose);
    this.#button.append(create("span", "face-id", id), words);
    this.#button.addEventListener("click", onSelect);
    const body = create("div", "face-body");
    body.append(this.#bars.root, this.#createPlane());
    this.root.append(this.#button, body, ...extras);
  }

  /** Fades as its reading ages, and then shows none. */
  age(now: number): Freshness {
    const state = markAge(this.root, now - this.#takenAt);
    if (state === "gone") {
      this.root.dataset["dominant"] = "";
      setText(this.#headline, strings.facesWaiting);
      setText(this.#pose, "");
    }
    return state;
  }

  set selected(value: boolean) {
    this.root.classList.toggle("selected", value);
    this.#button.setAttribute("aria-pressed", String(value));
  }

  /** @param takenAt When the picture of the face was taken. */
  show(face: FaceReading, takenAt: number): void {
    this.#takenAt = takenAt;
    this.root.dataset["dominant"] = face.dominant;
    this.root.style.setProperty("--emotion", `var(--${face.dominant})`);
    setText(this.#headline, appearance(face));
    setText(this.#age, strings.seenFor(Math.floor(face.age)));
    setText(this.#pose, face.pose ? headPose(face.pose, shared.pose) : "");
    this.#bars.show(face.emotions);
    this.#dot.style.left = `${50 + planeReach * face.valence}%`;
    this.#dot.style.top = `${50 - planeReach * face.arousal}%`;
    this.#plane.setAttribute("aria-label", shared.plane(fixed(face.valence, 1), fixed(face.arousal, 1)));
  }

  #createPlane(): HTMLElement {
    this.#plane.setAttribute("role", "img");
    this.#plane.append(
      create("span", "top", shared.excited),
      create("span", "bottom", shared.calm),
      create("span", "left", shared.unpleasant),
      create("span", "right", shared.pleasant),
      this.#dot,
    );
    return this.#plane;
  }
}
