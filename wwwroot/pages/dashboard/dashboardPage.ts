import type { ConnectionState } from "../../client/emotionConnection.ts";
import { freshness, pageTime } from "../../client/freshness.ts";
import type { ConnectionError } from "../../client/hub.ts";
import type { RoomPerson, RoomUpdate } from "../../client/roomContracts.ts";
import { watchRoom } from "../../client/watchRoom.ts";
import { whileAging } from "../../kit/aging.ts";
import { showProblem } from "../../kit/alert.ts";
import { element, setText } from "../../kit/elements.ts";
import { explainWatching } from "../../kit/explain.ts";
import { shared } from "../../kit/strings.ts";
import { DashboardControls } from "./dashboardControls.ts";
import type { Extract } from "./exportRows.ts";
import { Markers } from "./markers.ts";
import { MoodView } from "./moodView.ts";
import { Past, type Span } from "./past.ts";
import { PastControls, timesOf } from "./pastControls.ts";
import { PeopleView, showInvitation } from "./peopleView.ts";
import { PlaneChart } from "./planeChart.ts";
import { RoomHistory, type Second } from "./roomHistory.ts";
import { stackedColumns } from "./stackedColumns.ts";
import { StackedTimeline } from "./stackedTimeline.ts";
import { Trails } from "./trails.ts";
import { View } from "./view.ts";

/** Cards and plane follow the updates; the timeline, whose points are seconds, is redrawn twice per second. */
const rateHz = 5;
const timelineMilliseconds = 500;

/** The dashboard: updates go to the history and to what is on screen. */
export class DashboardPage {
  readonly #history = new RoomHistory();
  readonly #trails = new Trails();
  readonly #view = new View();
  readonly #people = new PeopleView((id) => this.#select(id));
  readonly #mood = new MoodView();
  readonly #plane = new PlaneChart();
  readonly #timeline = new StackedTimeline();
  readonly #markers = new Markers(
    () => this.#span()?.to,
    () => this.#drawTimeline(),
  );
  readonly #controls = new DashboardControls({
    zoom: (minutes) => {
      this.#view.zoom = minutes;
      const span = this.#span();
      if (span) this.#past?.zoom(span);
      this.#draw();
    },
    pause: (paused) => {
      if (paused) this.#view.pause(pageTime());
      else this.#view.resume();
      this.#draw();
    },
    extract: () => this.#extract(),
  });
  #selectedId: string | undefined;
  #updatedAt = -Infinity;
  /** Set once it is known that the server keeps a history. */
  #past: Past | undefined;
  #pastControls: PastControls | undefined;

  constructor(
    private readonly room: string,
    token: string | undefined,
  ) {
    setText(element("room-name", HTMLElement), room);
    showInvitation(room);
    watchRoom(room, (update) => this.#updated(update), {
      rateHz,
      token,
      onState: (state) => this.#stateChanged(state),
      onRefused: (error) => this.#refused(error),
    });
    window.setInterval(() => this.#drawTimeline(), timelineMilliseconds);
    whileAging((now) => now - this.#updatedAt > 1000 / rateHz && this.#drawPeople());
    void this.#openPast(token);
  }

  /** Lets the viewer look back if the server keeps a history. */
  async #openPast(token: string | undefined): Promise<void> {
    this.#past = await Past.open(this.room, token, () => this.#draw());
    if (!this.#past) return;
    this.#pastControls = new PastControls(
      this.#past,
      () => this.#span(),
      () => this.#view.serverTime(pageTime()),
    );
  }

  /** The time span on screen: now, the paused moment, or the past. */
  #span(): Span | undefined {
    const to = this.#past?.to;
    return to === undefined ? this.#view.span(pageTime()) : { from: to - this.#view.zoom * 60_000, to };
  }

  #seconds({ from, to }: Span): readonly Second[] {
    return this.#past?.to === undefined ? this.#history.between(from, to) : this.#past.seconds;
  }

  /** The people of the time span on screen. */
  #shownPeople(): readonly RoomPerson[] {
    return this.#past?.to === undefined ? this.#view.people(pageTime()) : this.#past.people;
  }

  #updated(update: RoomUpdate): void {
    this.#updatedAt = pageTime();
    this.#history.add(update);
    this.#view.add(update, this.#updatedAt);
    // A paused plane stands still, but its trails continue.
    this.#trails.add(update);
    this.#controls.showPeople(update.people.length);
    this.#controls.showPartial(update.partial ?? false);
    this.#drawPeople();
  }

  #draw(): void {
    this.#drawPeople();
    this.#drawTimeline();
  }

  #drawPeople(): void {
    const update = this.#view.update;
    if (!update) return;
    const people = this.#shownPeople();
    const past = this.#past?.to === undefined ? undefined : this.#span();
    if (!people.some((person) => person.id === this.#selectedId)) this.#selectedId = undefined;
    this.#people.show(people, this.#selectedId, past && timesOf(past));
    element("dashboard", HTMLElement).dataset["looking"] = past ? "back" : "";
    const now = pageTime();
    const moodAge = this.#view.moodAge(now);
    this.#mood.show(update.mood, moodAge, now);
    const mean = update.mood.people > 0 && freshness(moodAge) !== "gone" ? update.mood : undefined;
    if (!this.#view.paused) this.#plane.show(this.#trails.list(this.#view.time(now) ?? 0), mean, this.#selectedId);
  }

  #drawTimeline(): void {
    const span = this.#span();
    this.#pastControls?.show(span);
    if (!span) return;
    const seconds = this.#seconds(span);
    const gap = this.#past?.to === undefined ? undefined : this.#past.gapMilliseconds;
    const id = this.#selectedId;
    const columns = stackedColumns(seconds, (second) => (id === undefined ? second.room : second.people.get(id)?.mean), gap);
    this.#timeline.show(columns, this.#markers.between(span.from, span.to), span.from, span.to);
    this.#controls.showSubject(id === undefined ? undefined : (this.#shownPeople().find((person) => person.id === id)?.name ?? shared.unnamed));
  }

  #select(id: string): void {
    this.#selectedId = this.#selectedId === id ? undefined : id;
    this.#draw();
  }

  #extract(): Extract | undefined {
    const span = this.#span();
    const update = this.#view.update;
    if (!span || !update) return undefined;
    const seconds = this.#seconds(span);
    // Stored readings of people who have left may be exported; what only this page remembers of them may not.
    const ids = this.#past?.to === undefined ? update.people.map((person) => person.id) : seconds.flatMap((second) => [...second.people.keys()]);
    return {
      room: this.room,
      ...span,
      seconds,
      present: new Set(ids),
      markers: this.#markers.between(span.from, span.to),
    };
  }

  #stateChanged(state: ConnectionState): void {
    this.#controls.showState(state);
  }

  #refused(error: ConnectionError): void {
    // When a token expires, what was seen until then stays on screen and can be exported.
    element("dashboard", HTMLElement).hidden = this.#view.update === undefined;
    showProblem(element("error", HTMLElement), explainWatching(error));
  }
}
