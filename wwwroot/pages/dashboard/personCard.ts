import { freshness, type Freshness } from "../../client/freshness.ts";
import { mainFace, type RoomPerson } from "../../client/roomContracts.ts";
import { personAppearance } from "../../kit/appearance.ts";
import { create, setText } from "../../kit/elements.ts";
import { EmotionBars } from "../../kit/emotionBars.ts";
import { EmotionMix } from "../../kit/emotionMix.ts";
import { shared } from "../../kit/strings.ts";
import { strings } from "./strings.ts";

/** One person's newest reading: eight bars, or a single bar in a crowd. */
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

  /** @param state What the person appears to express, in words. */
  show(person: RoomPerson, state: string): void {
    const name = person.name ?? shared.unnamed;
    const face = mainFace(person);
    setText(this.#name, name);
    this.#button.title = strings.selectPerson(name);
    setText(this.#state, state);
    this.root.dataset["dominant"] = person.dominant ?? "";
    this.root.classList.toggle("without-bars", !face);
    this.root.dataset["age"] = freshnessOf(person);
    this.root.style.setProperty("--emotion", person.dominant ? `var(--${person.dominant})` : "var(--line)");
    const emotions = face?.emotions ?? [];
    this.#bars.show(emotions);
    this.#mix.show(emotions);
  }
}

/** "appears happy 87%", or why there is no reading. */
export function stateOf(person: RoomPerson): string {
  if (person.at === null) return strings.notYetRead;
  if (freshness(person.ageMs ?? Infinity) === "gone") return strings.lastReadAgo(Math.round((person.ageMs ?? 0) / 1000));
  return personAppearance(person) ?? shared.facesNone;
}

/** "appeared mostly happy, 64% on average", for a past time span. */
export function pastStateOf(person: RoomPerson): string {
  const face = mainFace(person);
  return face ? strings.appearedMostly(shared.emotions[face.dominant], Math.round(100 * Math.max(...face.emotions))) : "";
}

/** The freshness of a person's reading. */
export function freshnessOf({ dominant, ageMs }: RoomPerson): Freshness {
  return dominant === null ? "gone" : freshness(ageMs ?? Infinity);
}
