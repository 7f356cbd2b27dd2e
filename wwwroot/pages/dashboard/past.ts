import type { HistoryReading, HistoryTerms } from "../../client/contracts.generated.ts";
import type { RoomPerson } from "../../client/roomContracts.ts";
import { historyTerms } from "../../kit/historyTerms.ts";
import { request } from "../../kit/request.ts";
import { peopleOf } from "./pastPeople.ts";
import { secondsOf } from "./pastSeconds.ts";
import type { Second } from "./roomHistory.ts";

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** More points than a chart can show are not fetched. */
const mostPoints = 900;

/** A past moment this recent counts as now. */
const nowMilliseconds = 5000;

/** Browses a room's stored history, fetching the time span on screen. */
export class Past {
  #to: number | undefined;
  #seconds: readonly Second[] = [];
  #people: readonly RoomPerson[] = [];
  #fetching = new AbortController();
  #failed = false;

  private constructor(
    private readonly room: string,
    private readonly token: string | undefined,
    private readonly terms: HistoryTerms,
    private readonly changed: () => void,
  ) {}

  /** The history of a room; undefined if the server keeps none. */
  static async open(room: string, token: string | undefined, changed: () => void): Promise<Past | undefined> {
    const terms = await historyTerms().catch(() => undefined);
    return terms?.enabled ? new Past(room, token, terms, changed) : undefined;
  }

  /** The end of the span on screen, if it is in the past. */
  get to(): number | undefined {
    return this.#to;
  }

  get seconds(): readonly Second[] {
    return this.#seconds;
  }

  /** The people of the span, each with the mean of their readings. */
  get people(): readonly RoomPerson[] {
    return this.#people;
  }

  get failed(): boolean {
    return this.#failed;
  }

  /** Charts are broken between readings that are further apart. */
  get gapMilliseconds(): number {
    return 2 * Math.max(1500, 1000 / this.terms.rateHz);
  }

  /** Moves by half a span from the one on screen, back (-1) or forward (+1). */
  move(span: Span, direction: -1 | 1, now: number): void {
    const to = span.to + (direction * (span.to - span.from)) / 2;
    const earliest = now - this.terms.retentionHours * 3_600_000;
    if (to > now - nowMilliseconds) this.leave();
    else void this.#look({ from: Math.max(to, earliest) - (span.to - span.from), to: Math.max(to, earliest) });
  }

  /** Changes the length of the span. */
  zoom(span: Span): void {
    if (this.#to !== undefined) void this.#look(span);
  }

  /** Returns to the present. */
  leave(): void {
    this.#fetching.abort();
    this.#to = undefined;
    this.#show([]);
    this.#failed = false;
    this.changed();
  }

  #show(readings: readonly HistoryReading[]): void {
    this.#seconds = secondsOf(readings);
    this.#people = peopleOf(readings);
  }

  async #look(span: Span): Promise<void> {
    this.#fetching.abort();
    const { signal } = (this.#fetching = new AbortController());
    this.#to = span.to;
    this.#failed = false;
    this.changed();
    try {
      const readings = await this.#fetch(span, signal);
      if (signal.aborted) return;
      this.#show(readings);
    } catch {
      if (signal.aborted) return;
      this.#show([]);
      this.#failed = true;
    }
    this.changed();
  }

  async #fetch({ from, to }: Span, signal: AbortSignal): Promise<HistoryReading[]> {
    const step = Math.max(1, Math.ceil((to - from) / 1000 / mostPoints));
    const query = new URLSearchParams({ room: this.room, from: String(Math.round(from)), to: String(Math.round(to)), step: String(step), format: "json" });
    return (await request<{ readonly readings: HistoryReading[] }>(`history/readings?${query}`, { bearer: this.token, signal })).readings;
  }
}
