import { emotionLabels } from "../../client/contracts.ts";
import type { RoomMood } from "../../client/roomContracts.ts";
import { markAge } from "../../kit/aging.ts";
import { element, setText } from "../../kit/elements.ts";
import { percent, signed } from "../../kit/numbers.ts";
import { shared } from "../../kit/strings.ts";

/** Screen readers hear of changes at most this often. */
const announceMilliseconds = 10_000;

/** The room's totals: what it mostly appears to express, the counts, and the similarity. */
export class MoodView {
  readonly #root = element("mood-card", HTMLElement);
  readonly #mostly = element("mood", HTMLElement);
  readonly #valence = element("mood-valence", HTMLElement);
  readonly #arousal = element("mood-arousal", HTMLElement);
  readonly #agreement = element("mood-agreement", HTMLElement);
  readonly #faces = element("mood-faces", HTMLElement);
  readonly #announcer = element("announcer", HTMLElement);
  readonly #leanings = (["positive", "neutral", "negative"] as const).map((leaning) => ({
    leaning,
    part: element(`part-${leaning}`, HTMLElement),
    count: element(`count-${leaning}`, HTMLElement),
  }));
  #announcedAt = -Infinity;

  /** @param age Of the mood; an old one is not shown. */
  show(mood: RoomMood, age: number, now: number): void {
    const somebody = markAge(this.#root, age) !== "gone" && mood.people > 0;
    const strongest = emotionLabels[mood.emotions.indexOf(Math.max(...mood.emotions))] ?? "neutral";
    const mostly = somebody ? shared.appears(shared.emotions[strongest]) : "–";
    setText(this.#mostly, mostly);
    this.#mostly.style.setProperty("--emotion", somebody ? `var(--${strongest})` : "transparent");
    setText(this.#valence, somebody ? signed(mood.valence, 2) : "–");
    setText(this.#arousal, somebody ? signed(mood.arousal, 2) : "–");
    setText(this.#agreement, somebody ? percent(mood.agreement, 0) : "–");
    setText(this.#faces, somebody ? String(mood.people) : "–");
    for (const { leaning, part, count } of this.#leanings) {
      const faces = somebody ? mood[leaning] : 0;
      part.style.flexGrow = String(faces);
      // A part without width would still have a gap.
      part.hidden = faces === 0;
      setText(count, String(faces));
    }
    if (somebody) this.#announce(shared.roomAppears(shared.emotions[strongest]), now);
  }

  #announce(text: string, now: number): void {
    if (now - this.#announcedAt < announceMilliseconds) return;
    this.#announcedAt = now;
    setText(this.#announcer, text);
  }
}
