import type { FaceReading } from "../client/contracts.ts";
import { mainFace, type RoomPerson } from "../client/roomContracts.ts";
import { appearance } from "../live/appearance.ts";
import { create, setText } from "../live/elements.ts";
import { EmotionBars } from "../live/emotionBars.ts";
import { EmotionMix } from "../live/emotionMix.ts";
import { strings } from "../strings.ts";
import { staleMilliseconds } from "./trails.ts";

/** One person's newest reading: all bars, or in a crowd one bar of all. */
export class PersonCard {
  readonly root = create("li", "person");
  readonly #button = create("button", "person-head");
  readonly #name = create("b");
  readonly #state = create("small");
  readonly #bars = new EmotionBars();
  readonly #mix = new EmotionMix();

  constructor(onSelect: () => void) {
    this.root.dataset["testid"] = "person";
    this.#button.type = "button";
    this.#button.append(this.#name, this.#state);
    this.#button.addEventListener("click", onSelect);
    this.root.append(this.#button, this.#mix.root, this.#bars.root);
  }

  set selected(value: boolean) {
    this.root.classList.toggle("selected", value);
    this.#button.setAttribute("aria-pressed", String(value));
  }

  show(person: RoomPerson): void {
    const name = person.name ?? strings.unnamed;
    const face = mainFace(person);
    setText(this.#name, name);
    this.#button.title = strings.selectPerson(name);
    setText(this.#state, stateOf(person, face));
    this.root.dataset["dominant"] = face?.dominant ?? "";
    this.root.classList.toggle("nobody", !face);
    this.root.classList.toggle("away", !face || isStale(person));
    this.root.style.setProperty("--emotion", face ? `var(--${face.dominant})` : "var(--line)");
    const emotions = face?.emotions ?? [];
    this.#bars.show(emotions);
    this.#mix.show(emotions);
  }
}

/** "appears happy 87%", or why there is nothing to say. */
export function stateOf(person: RoomPerson, face: FaceReading | undefined): string {
  if (person.at === null) return strings.notYetRead;
  if (isStale(person)) return strings.lastReadAgo(Math.round((person.ageMs ?? 0) / 1000));
  return face ? appearance(face) : strings.facesNone;
}

export function isStale(person: RoomPerson): boolean {
  return (person.ageMs ?? Infinity) > staleMilliseconds;
}
