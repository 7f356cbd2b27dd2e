import { pageTime } from "../../client/freshness.ts";
import type { ConnectionError } from "../../client/hub.ts";
import type { RoomUpdate } from "../../client/roomContracts.ts";
import { watchRoom } from "../../client/watchRoom.ts";
import { whileAging } from "../../kit/aging.ts";
import { showProblem } from "../../kit/alert.ts";
import { element } from "../../kit/elements.ts";
import { explainWatching } from "../../kit/explain.ts";
import { OverlayPanel } from "./overlayPanel.ts";
import type { OverlaySettings } from "./settings.ts";
import { shownOf } from "./shown.ts";

const rateHz = 10;

/** Shows one person of a room, or the room as a whole, in a streaming program. */
export class OverlayPage {
  readonly #panel: OverlayPanel;

  constructor(
    room: string,
    private readonly settings: OverlaySettings,
  ) {
    this.#panel = new OverlayPanel(settings.show);
    watchRoom(room, (update) => this.#updated(update), { rateHz, token: settings.token, onRefused: (error) => this.#refused(error) });
    whileAging((now) => this.#panel.age(now));
  }

  #updated(update: RoomUpdate): void {
    const now = pageTime();
    this.#panel.show(shownOf(update, this.settings.person, now));
    this.#panel.age(now);
  }

  /** The person who sets up the overlay has to see this. */
  #refused(error: ConnectionError): void {
    this.#panel.show(undefined);
    showProblem(element("problem", HTMLElement), explainWatching(error));
  }
}
