import { emotionLabels } from "../../client/contracts.ts";
import type { ConnectionError } from "../../client/hub.ts";
import { mainFace, type RoomUpdate } from "../../client/roomContracts.ts";
import { watchRoom } from "../../client/watchRoom.ts";
import { personAppearance } from "../../kit/appearance.ts";
import { element, setText } from "../../kit/elements.ts";
import { shared } from "../../kit/strings.ts";
import { OverlayPanel, type Shown } from "./overlayPanel.ts";
import { findPerson, type OverlaySettings } from "./settings.ts";

const rateHz = 10;

/** A reading older than this no longer says how anybody appears, and without updates nothing does. */
const staleMilliseconds = 3000;

/** Shows one person of a room, or the room as a whole, to a streaming program. */
export class OverlayPage {
  readonly #panel: OverlayPanel;
  #hide = 0;

  constructor(
    room: string,
    private readonly settings: OverlaySettings,
  ) {
    this.#panel = new OverlayPanel(settings.show);
    watchRoom(room, (update) => this.#updated(update), { rateHz, token: settings.token, onRefused: (error) => this.#refused(error) });
  }

  #updated(update: RoomUpdate): void {
    const { person } = this.settings;
    this.#panel.show(person === undefined ? roomShown(update) : personShown(update, person));
    window.clearTimeout(this.#hide);
    this.#hide = window.setTimeout(() => this.#panel.show(undefined), staleMilliseconds);
  }

  /** Whoever sets the overlay up has to see this. */
  #refused(error: ConnectionError): void {
    this.#panel.show(undefined);
    const problem = element("problem", HTMLElement);
    problem.hidden = false;
    setText(problem, shared.roomRefusals[error.code] ?? shared.watchRefused(error.message));
  }
}

function roomShown({ room, mood }: RoomUpdate): Shown | undefined {
  if (mood.people === 0) return undefined;
  const strongest = Math.max(...mood.emotions);
  const dominant = emotionLabels[mood.emotions.indexOf(strongest)] ?? "neutral";
  return { name: room, appearance: shared.appearsWithPercent(shared.emotions[dominant], Math.round(100 * strongest)), dominant, emotions: mood.emotions };
}

function personShown({ people }: RoomUpdate, wanted: string): Shown | undefined {
  const person = findPerson(people, wanted);
  const appearance = person && personAppearance(person);
  if (!appearance || !person.dominant || (person.ageMs ?? Infinity) > staleMilliseconds) return undefined;
  return { name: person.name ?? shared.unnamed, appearance, dominant: person.dominant, emotions: mainFace(person)?.emotions };
}
