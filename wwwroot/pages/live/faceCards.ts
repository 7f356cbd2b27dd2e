import type { FaceReading, Measured } from "../../client/contracts.ts";
import { freshness } from "../../client/freshness.ts";
import { mainFace } from "../../client/roomContracts.ts";
import { whileAging } from "../../kit/aging.ts";
import { CorrectionMenu } from "../../kit/corrections/correctionMenu.ts";
import { element, setText } from "../../kit/elements.ts";
import { shared } from "../../kit/strings.ts";
import { FaceCard } from "./faceCard.ts";
import { strings } from "./strings.ts";

/** Screen readers hear of changes at most this often. */
const announceMilliseconds = 3000;

/** The panel of faces: one card each, one of them selected for the timeline. */
export class FaceCards {
  readonly #list = element("faces", HTMLUListElement);
  readonly #empty = element("faces-empty", HTMLElement);
  readonly #announcer = element("announcer", HTMLElement);
  readonly #cards = new Map<string, FaceCard>();
  #selectedId: string | undefined;
  #announcedAt = -Infinity;
  #announced = "";
  #newest: Measured | undefined;
  /** When the picture of the newest answer was taken; undefined before the first. */
  #measuredAt: number | undefined;

  /** @param resumeToken The session's, if its faces may be corrected; undefined if they are not the person's own. */
  constructor(private readonly resumeToken: () => string | undefined) {
    setText(this.#empty, shared.facesIdle);
    whileAging((now) => this.#age(now));
  }

  get selectedId(): string | undefined {
    return this.#selectedId;
  }

  /** Shows an answer; returns the selected face's reading, if present. */
  update(measured: Measured, now: number): FaceReading | undefined {
    if (measured.faces.length > 0) this.#newest = measured;
    this.#measuredAt = measured.capturedAt;
    for (const face of measured.faces) this.#cardOf(face.id).show(face, measured.capturedAt);
    this.#age(now);
    if (this.#selectedId === undefined || !this.#cards.has(this.#selectedId)) this.#select(mainFace(measured)?.id);
    const selected = measured.faces.find((face) => face.id === this.#selectedId);
    if (selected) this.#announce(selected, now);
    return selected;
  }

  clear(): void {
    this.#measuredAt = undefined;
    for (const [id, card] of this.#cards) this.#remove(id, card);
    this.#select(undefined);
    this.#empty.hidden = false;
    setText(this.#empty, shared.facesIdle);
  }

  /** A face that is no longer seen fades and then loses its card. If no answers come at all, the cards stay and say so. */
  #age(now: number): void {
    if (this.#measuredAt === undefined) return;
    const waiting = freshness(now - this.#measuredAt) === "gone";
    for (const [id, card] of this.#cards) if (card.age(now) === "gone" && !waiting) this.#remove(id, card);
    this.#empty.hidden = this.#cards.size > 0;
    setText(this.#empty, waiting ? strings.facesWaiting : shared.facesNone);
    if (waiting || this.#cards.size === 0) setText(this.#announcer, "");
  }

  #cardOf(id: string): FaceCard {
    let card = this.#cards.get(id);
    if (!card) {
      card = new FaceCard(id, () => this.#select(id), ...(this.resumeToken() ? [this.#correctionOf(id)] : []));
      this.#cards.set(id, card);
      this.#list.append(card.root);
    }
    return card;
  }

  #correctionOf(id: string): Node {
    return new CorrectionMenu(() => {
      const [face, resumeToken] = [this.#newest?.faces.find((seen) => seen.id === id), this.resumeToken()];
      const capturedAt = this.#newest?.capturedAt;
      return face && resumeToken && capturedAt !== undefined
        ? { dominant: face.dominant, known: async () => ({ face: id, resumeToken, capturedAt }) }
        : undefined;
    }).root;
  }

  #remove(id: string, card: FaceCard): void {
    card.root.remove();
    this.#cards.delete(id);
  }

  #select(id: string | undefined): void {
    this.#selectedId = id;
    for (const [cardId, card] of this.#cards) card.selected = cardId === id;
  }

  #announce(face: FaceReading, now: number): void {
    const text = face.unclear ? strings.announcedUnclear(face.id) : strings.announcement(face.id, shared.emotions[face.dominant]);
    if (text === this.#announced || now - this.#announcedAt < announceMilliseconds) return;
    this.#announced = text;
    this.#announcedAt = now;
    setText(this.#announcer, text);
  }
}
