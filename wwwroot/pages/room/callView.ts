import type { About, Participant } from "../../client/callContracts.ts";
import type { Measured } from "../../client/contracts.ts";
import type { ConnectionState } from "../../client/emotionConnection.ts";
import { pageTime } from "../../client/freshness.ts";
import { mainFace, readAt, type RoomPerson, type RoomUpdate } from "../../client/roomContracts.ts";
import { whileAging } from "../../kit/aging.ts";
import { appearance, personAppearance } from "../../kit/appearance.ts";
import { element, setText } from "../../kit/elements.ts";
import { shared } from "../../kit/strings.ts";
import { CorrectionDialog } from "./correctionDialog.ts";
import type { Choice } from "./joinForm.ts";
import { MoodStrip } from "./moodStrip.ts";
import { strings } from "./strings.ts";
import { Tile, type TileReading } from "./tile.ts";

interface Other {
  readonly tile: Tile;
  /** The session whose readings are this participant's, as they say themselves. */
  session: string | undefined;
}

/** The call on screen: everyone's tile, the room's mood, and announcements. */
export class CallView {
  readonly own: Tile;
  readonly #tiles = element("tiles", HTMLElement);
  readonly #status = element("status", HTMLElement);
  readonly #announcer = element("announcer", HTMLElement);
  readonly #invite = element("invite", HTMLElement);
  readonly #mood = new MoodStrip();
  /** On one's own tile only: nobody corrects readings of others. */
  readonly #correction = new CorrectionDialog();
  readonly #others = new Map<string, Other>();
  #choice: Choice = "off";
  #people: ReadonlyMap<string, RoomPerson> = new Map();
  #updatedAt = -Infinity;

  constructor(room: string, name: string) {
    this.own = new Tile(name, true);
    this.own.add(this.#correction.button, this.#correction.root);
    this.#tiles.append(this.own.root);
    this.own.root.dataset["link"] = "connected";
    setText(this.#invite, strings.inviteOthers(`${location.origin}${location.pathname}?room=${encodeURIComponent(room)}`));
    this.#count();
    whileAging((now) => this.#age(now));
  }

  showState(state: ConnectionState): void {
    this.#status.dataset["state"] = state;
    setText(this.#status, state === "running" ? strings.inCall : shared.states[state]);
    // Readings from before the interruption no longer apply.
    if (state !== "running") this.update(undefined);
  }

  add({ id, name }: Participant, stream: MediaStream): void {
    const tile = new Tile(name ?? shared.unnamed);
    tile.root.dataset["participant"] = id;
    tile.play(stream);
    this.#tiles.append(tile.root);
    this.#others.set(id, { tile, session: undefined });
    setText(this.#announcer, strings.joinedCall(tile.name));
    this.#count();
  }

  remove(id: string): void {
    const other = this.#others.get(id);
    if (!other) return;
    this.#others.delete(id);
    other.tile.remove();
    setText(this.#announcer, strings.leftCall(other.tile.name));
    this.#count();
  }

  tell(id: string, about: About): void {
    const other = this.#others.get(id);
    if (!other) return;
    other.session = about.session;
    other.tile.showAbout(about);
    this.#showReading(other);
  }

  showConnected(id: string, connected: boolean): void {
    this.#others.get(id)?.tile.showConnected(connected);
  }

  /** Undefined while the room can't be watched. */
  update(update: RoomUpdate | undefined): void {
    this.#updatedAt = pageTime();
    this.#people = new Map(update?.people.map((person) => [person.id, person]));
    this.#mood.show(update?.mood, this.#updatedAt);
    for (const other of this.#others.values()) this.#showReading(other);
  }

  /** Sets what this person shares; their own tile shows what the others see. */
  chose(choice: Choice): void {
    this.#choice = choice;
    this.own.root.dataset["share"] = choice;
    this.own.showReading(undefined);
    this.own.onlyOwn = choice === "nothing";
    if (choice === "off") this.#correction.newest = undefined;
  }

  /** A session of this person's own face has started or was resumed, and accepts corrections. */
  started(resumeToken: string): void {
    this.#correction.started(resumeToken);
  }

  /** @param resumeToken The session's, if the server accepts corrections. */
  measured({ faces, capturedAt }: Measured, resumeToken: string | undefined): void {
    const main = mainFace({ faces });
    if (this.#choice === "off") return;
    if (!resumeToken) this.#correction.newest = undefined;
    else if (main) this.#correction.newest = { dominant: main.dominant, known: async () => ({ face: main.id, resumeToken, capturedAt }) };
    if (this.#choice === "badge") {
      this.own.showReading(main && { dominant: main.dominant, text: shared.appears(shared.emotions[main.dominant]), faces: undefined, at: capturedAt });
    } else {
      this.own.showReading({ dominant: main?.dominant ?? null, text: main && appearance(main), faces, at: capturedAt });
    }
  }

  close(): void {
    this.#correction.end();
    for (const id of [...this.#others.keys()]) this.remove(id);
    this.own.remove();
  }

  #showReading({ tile, session }: Other): void {
    const person = session === undefined ? undefined : this.#people.get(session);
    tile.root.dataset["share"] = person?.share ?? "";
    tile.showReading(person && tileReading(person, this.#updatedAt));
    tile.age(this.#updatedAt);
  }

  #age(now: number): void {
    this.own.age(now);
    for (const { tile } of this.#others.values()) tile.age(now);
    this.#mood.age(now);
  }

  #count(): void {
    this.#tiles.dataset["count"] = String(this.#tiles.childElementCount);
    this.#invite.hidden = this.#others.size > 0;
  }
}

/** What a tile shows of a person in an update received at this time. */
function tileReading(person: RoomPerson, receivedAt: number): TileReading {
  return { dominant: person.dominant, text: personAppearance(person), faces: person.share === "full" ? person.faces : undefined, at: readAt(person, receivedAt) };
}
