import { freshness } from "../../client/freshness.ts";
import { readAt, type RoomPerson, type RoomUpdate } from "../../client/roomContracts.ts";

export const zooms = [1, 5, 30] as const;
export type Zoom = (typeof zooms)[number];

/** What part of the room's data is on screen: the newest, or that at the moment the viewer paused. */
export class View {
  zoom: Zoom = 1;
  #newest: RoomUpdate | undefined;
  #receivedAt = 0;
  #paused: { readonly update: RoomUpdate; readonly at: number } | undefined;

  /** Takes an update; `now` is this page's monotonic clock. */
  add(update: RoomUpdate, now: number): void {
    this.#newest = update;
    this.#receivedAt = now;
  }

  get paused(): boolean {
    return this.#paused !== undefined;
  }

  pause(now: number): void {
    const at = this.serverTime(now);
    if (this.#newest && at !== undefined) this.#paused = { update: this.#newest, at };
  }

  resume(): void {
    this.#paused = undefined;
  }

  /** The update to show. People who left the room disappear immediately, from a paused view, too. */
  get update(): RoomUpdate | undefined {
    if (!this.#paused) return this.#newest;
    const present = new Set(this.#newest?.people.map((person) => person.id));
    const { update } = this.#paused;
    return { ...update, people: update.people.filter((person) => present.has(person.id)) };
  }

  /** The moment that is shown: now, or when the viewer paused. */
  time(now: number): number | undefined {
    return this.#paused?.at ?? this.serverTime(now);
  }

  /** The people at that moment, with the age of their readings; readings too old to be shown are removed. */
  people(now: number): RoomPerson[] {
    const update = this.update;
    const time = this.time(now);
    if (!update || time === undefined) return [];
    return update.people.map((person) => {
      if (person.ageMs === null) return person;
      const aged = { ...person, ageMs: time - readAt(person, update.at) };
      return freshness(aged.ageMs) === "gone" ? { ...aged, dominant: null, faces: [] } : aged;
    });
  }

  /** How old the room's mood is at that moment. */
  moodAge(now: number): number {
    return (this.time(now) ?? Infinity) - (this.update?.at ?? 0);
  }

  /** The server's clock, extrapolated from the newest update. */
  serverTime(now: number): number | undefined {
    return this.#newest && this.#newest.at + now - this.#receivedAt;
  }

  /** The span of time that the charts show, in milliseconds since 1970. */
  span(now: number): { readonly from: number; readonly to: number } | undefined {
    const to = this.time(now);
    return to === undefined ? undefined : { from: to - this.zoom * 60_000, to };
  }
}
