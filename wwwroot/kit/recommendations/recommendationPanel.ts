import { media, recommendationModes, type Medium, type RecommendationList, type RecommendationMode, type RecommendationRequest } from "../../client/contracts.generated.ts";
import { emotionLabels, type Emotion } from "../../client/contracts.ts";
import { create, setText } from "../elements.ts";
import { EmotionMix } from "../emotionMix.ts";
import { request } from "../request.ts";
import { shared } from "../strings.ts";
import { ChoiceRow } from "./choiceRow.ts";
import { moodFrom, pureMood } from "./mood.ts";
import { moodWords } from "./moodWords.ts";
import { strings } from "./strings.ts";
import { mediumIcon, workCard } from "./workCard.ts";

/** Works on screen at once. */
const pageSize = 6;

/** The page's source of a mood, besides the person's own choice. */
export interface FaceMood {
  /** The choice's name: "as the face appears". */
  readonly name: string;
  /** The text if there is none. */
  readonly missing: string;
  /** Probabilities in the labels' order. */
  take(): readonly number[] | undefined;
}

/**
 * "Match my mood, change my mood": movies, songs and books for a face's expression or for a mood that the person names. It asks the
 * server only when somebody presses a button, so it never jumps while a face is being read.
 */
export class RecommendationPanel {
  readonly #moods: ChoiceRow<Emotion | "face">;
  readonly #modes: ChoiceRow<RecommendationMode>;
  readonly #media: ChoiceRow<Medium>;
  readonly #picked = create("div", "picked");
  readonly #pickedFor = create("p", "picked-for");
  readonly #mix = new EmotionMix();
  readonly #list = create("ul", "works");
  readonly #message = create("p", "placeholder");
  readonly #others = create("button", "quiet", strings.others);
  readonly #status = create("p", "sr-only");
  #choice: Emotion | "face" | undefined;
  #mood: readonly number[] | undefined;
  #mode: RecommendationMode = "match";
  #medium: Medium = "movies";
  #seed = newSeed();
  #skip = 0;
  #left = 0;
  #asking = new AbortController();

  constructor(
    host: HTMLElement,
    private readonly face: FaceMood,
  ) {
    this.#moods = new ChoiceRow("moods", strings.mood, (choice) => this.#chooseMood(choice));
    this.#moods.add("face", face.name).dataset["testid"] = "mood-face";
    for (const label of emotionLabels) this.#moods.add(label, shared.emotions[label], dot(label)).dataset["testid"] = `mood-${label}`;
    this.#modes = new ChoiceRow("segments", strings.mode, (mode) => this.#turn(() => (this.#mode = mode)));
    for (const mode of recommendationModes) this.#modes.add(mode, strings.modes[mode]).dataset["testid"] = `mode-${mode}`;
    this.#media = new ChoiceRow("segments", strings.kind, (medium) => this.#turn(() => (this.#medium = medium)));
    for (const medium of media) this.#media.add(medium, strings.media[medium], mediumIcon(medium)).dataset["testid"] = `media-${medium}`;
    this.#others.type = "button";
    this.#others.dataset["testid"] = "others";
    this.#others.addEventListener("click", () => this.#showOthers());
    this.#status.setAttribute("aria-live", "polite");
    this.#build(host);
    this.#mark();
    this.#explain(strings.choose);
  }

  /** The page shows another face: updates the picks if they follow the face, or if nothing was chosen yet. */
  faceChanged(): void {
    if (this.#choice === undefined || this.#choice === "face") this.#chooseMood("face");
  }

  #build(host: HTMLElement): void {
    const title = create("h2", "", strings.title);
    title.id = "recommendations-title";
    host.setAttribute("aria-labelledby", title.id);
    const head = create("header");
    head.append(title, create("span", "spacer"), this.#modes.root, this.#media.root);
    this.#picked.append(this.#pickedFor, this.#mix.root);
    const foot = create("footer");
    foot.append(create("small", "hint", strings.links), create("span", "spacer"), this.#others);
    this.#list.dataset["testid"] = "works";
    this.#pickedFor.dataset["testid"] = "picked-for";
    host.append(head, this.#moods.root, this.#picked, this.#list, this.#message, this.#status, foot);
  }

  #chooseMood(choice: Emotion | "face"): void {
    const mood = choice === "face" ? this.face.take() : pureMood(choice);
    this.#choice = choice;
    this.#mood = mood;
    this.#turn(() => undefined);
    if (!mood) this.#explain(this.face.missing);
  }

  /** Another mood, mode or kind starts at the first pick again. */
  #turn(change: () => void): void {
    change();
    this.#skip = 0;
    this.#mark();
    void this.#ask();
  }

  /** The next picks in the same order; after the last, a new order begins. */
  #showOthers(): void {
    this.#skip += pageSize;
    if (this.#left === 0) {
      this.#seed = newSeed();
      this.#skip = 0;
    }
    void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking.abort();
    if (!this.#mood) return;
    const asking = (this.#asking = new AbortController());
    try {
      // The mood goes in the body, since addresses end up in logs.
      const body: RecommendationRequest = { emotions: moodFrom(this.#mood), media: this.#medium, mode: this.#mode, count: pageSize, skip: this.#skip, seed: this.#seed };
      const list = await request<RecommendationList>("recommendations", { method: "POST", body, signal: asking.signal });
      if (!asking.signal.aborted) this.#show(list);
    } catch {
      if (!asking.signal.aborted) this.#explain(strings.unreachable);
    }
  }

  #show({ items, left }: RecommendationList): void {
    if (items.length === 0) return this.#explain(strings.none);
    this.#left = left;
    this.#list.replaceChildren(...items.map((work) => workCard(work, this.#mode)));
    this.#list.dataset["kind"] = this.#medium;
    this.#message.hidden = true;
    // With all of them on screen there are no others to show.
    this.#others.disabled = left === 0 && this.#skip === 0;
    setText(this.#status, strings.count(items.length, strings.media[this.#medium]));
  }

  #explain(text: string): void {
    this.#list.replaceChildren();
    this.#message.hidden = false;
    this.#others.disabled = true;
    setText(this.#message, text);
    setText(this.#status, text);
  }

  #mark(): void {
    this.#moods.mark(this.#choice);
    this.#modes.mark(this.#mode);
    this.#media.mark(this.#medium);
    this.#picked.hidden = !this.#mood;
    if (!this.#mood) return;
    setText(this.#pickedFor, strings.pickedFor(moodWords(this.#mood)));
    this.#mix.show(this.#mood);
  }
}

function dot(label: Emotion): HTMLElement {
  const made = create("i");
  made.style.background = `var(--${label})`;
  return made;
}

/** The server takes whole numbers below 2^31. */
function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
