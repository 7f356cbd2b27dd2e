import type { RoomPerson } from "../../client/roomContracts.ts";
import { element, setText } from "../../kit/elements.ts";
import { PeopleTable } from "./peopleTable.ts";
import { pastStateOf, PersonCard, stateOf } from "./personCard.ts";
import { strings } from "./strings.ts";

/** With more people than this, cards show one bar instead of eight, so that the room fits on a screen. */
const crowd = 12;

/** The people as cards or a table, in the order in which they came: those present now, or those of a past time span. */
export class PeopleView {
  readonly #list = element("people", HTMLUListElement);
  readonly #empty = element("people-empty", HTMLElement);
  readonly #emptyText = element("invitation-text", HTMLElement);
  readonly #invitation = element("invitation", HTMLElement);
  readonly #section = element("people-card", HTMLElement);
  readonly #when = element("people-when", HTMLElement);
  readonly #count = element("people-count", HTMLElement);
  readonly #tableHost = element("people-table", HTMLElement);
  readonly #table = new PeopleTable(this.#tableHost);
  readonly #cards = new Map<string, PersonCard>();
  readonly #buttons = { cards: element("view-cards", HTMLButtonElement), table: element("view-table", HTMLButtonElement) };
  /** Unknown before the first update. */
  #people: readonly RoomPerson[] | undefined;
  #selectedId: string | undefined;
  #past: string | undefined;
  #asTable = false;

  constructor(private readonly onSelect: (id: string) => void) {
    this.#buttons.cards.addEventListener("click", () => this.#choose(false));
    this.#buttons.table.addEventListener("click", () => this.#choose(true));
    this.#choose(false);
  }

  /** @param past The past time span in words; undefined for the present. */
  show(people: readonly RoomPerson[], selectedId: string | undefined, past: string | undefined): void {
    this.#people = people;
    this.#selectedId = selectedId;
    this.#past = past;
    this.#section.classList.toggle("past-people", past !== undefined);
    this.#when.hidden = past === undefined;
    setText(this.#when, past === undefined ? "" : strings.lookingBack(past));
    setText(this.#emptyText, past === undefined ? strings.roomEmpty : strings.nobodyThen);
    this.#invitation.hidden = past !== undefined;
    setText(this.#count, String(people.length));
    this.#empty.hidden = people.length > 0;
    this.#list.hidden = this.#asTable;
    this.#tableHost.hidden = !this.#asTable || people.length === 0;
    this.#forgetOthers(people);
    const describe = past === undefined ? stateOf : pastStateOf;
    if (this.#asTable) this.#table.show(people, describe);
    else this.#showCards(people, selectedId, describe);
  }

  #showCards(people: readonly RoomPerson[], selectedId: string | undefined, describe: (person: RoomPerson) => string): void {
    for (const person of people) {
      const card = this.#cardOf(person.id);
      card.show(person, describe(person));
      card.selected = person.id === selectedId;
    }
    this.#list.classList.toggle("crowd", people.length > crowd);
  }

  /** Removes the cards of people who left, hidden ones included. */
  #forgetOthers(people: readonly RoomPerson[]): void {
    const present = new Set(people.map((person) => person.id));
    for (const [id, card] of this.#cards) {
      if (present.has(id)) continue;
      card.root.remove();
      this.#cards.delete(id);
    }
  }

  #cardOf(id: string): PersonCard {
    let card = this.#cards.get(id);
    if (!card) {
      card = new PersonCard(() => this.onSelect(id));
      this.#cards.set(id, card);
      this.#list.append(card.root);
    }
    return card;
  }

  #choose(asTable: boolean): void {
    this.#asTable = asTable;
    this.#buttons.cards.setAttribute("aria-pressed", String(!asTable));
    this.#buttons.table.setAttribute("aria-pressed", String(asTable));
    if (this.#people) this.show(this.#people, this.#selectedId, this.#past);
  }
}

/** The link for joining, shown while the room is empty. */
export function showInvitation(room: string): void {
  const link = element("invitation", HTMLAnchorElement);
  link.href = `room.html?room=${encodeURIComponent(room)}`;
  setText(link, link.href);
}
