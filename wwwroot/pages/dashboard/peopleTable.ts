import { emotionLabels } from "../../client/contracts.ts";
import { mainFace, type RoomPerson } from "../../client/roomContracts.ts";
import { barNames } from "../../kit/appearance.ts";
import { create, setText } from "../../kit/elements.ts";
import { fixed, percent } from "../../kit/numbers.ts";
import { shared } from "../../kit/strings.ts";
import { freshnessOf } from "./personCard.ts";
import { nextOrder, sortPeople, type SortOrder } from "./sortOrder.ts";
import { strings } from "./strings.ts";

/** The same people as a table of figures. */
export class PeopleTable {
  readonly #heads = [strings.personName, strings.appearance, strings.certainty, strings.valence, strings.arousal, ...barNames].map((name, column) =>
    this.#createHead(name, column),
  );
  readonly #body = create("tbody");
  #people: readonly RoomPerson[] = [];
  #stateOf: (person: RoomPerson) => string = String;
  #order: SortOrder | undefined;

  constructor(host: HTMLElement) {
    const table = create("table");
    table.append(create("caption", "sr-only", strings.peopleTitle), this.#head(), this.#body);
    host.append(table);
  }

  /** @param stateOf What a person appears to express, in words. */
  show(people: readonly RoomPerson[], stateOf: (person: RoomPerson) => string): void {
    this.#people = people;
    this.#stateOf = stateOf;
    while (this.#body.rows.length > people.length) this.#body.deleteRow(-1);
    sortPeople(people, this.#order).forEach((person, index) => this.#showRow(this.#body.rows[index] ?? this.#addRow(), person));
  }

  #head(): HTMLTableSectionElement {
    const row = create("tr");
    row.append(...this.#heads);
    const head = create("thead");
    head.append(row);
    return head;
  }

  #createHead(name: string, column: number): HTMLTableCellElement {
    const cell = create("th");
    cell.scope = "col";
    const button = create("button", "", name);
    button.type = "button";
    button.addEventListener("click", () => this.#sortBy(column));
    cell.append(button);
    return cell;
  }

  #sortBy(column: number): void {
    const order = (this.#order = nextOrder(this.#order, column));
    this.#heads.forEach((cell, index) => {
      if (order?.column === index) cell.setAttribute("aria-sort", order.descending ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
    this.show(this.#people, this.#stateOf);
  }

  #addRow(): HTMLTableRowElement {
    const row = create("tr");
    const name = create("th");
    name.scope = "row";
    row.append(name, ...Array.from({ length: 4 + emotionLabels.length }, () => create("td")));
    this.#body.append(row);
    return row;
  }

  #showRow(row: HTMLTableRowElement, person: RoomPerson): void {
    const face = mainFace(person);
    const figures = face
      ? [percent(face.certainty, 0), fixed(face.valence, 2), fixed(face.arousal, 2), ...face.emotions.map((share) => percent(share, 0))]
      : Array.from({ length: 3 + emotionLabels.length }, () => "–");
    const texts = [person.name ?? shared.unnamed, this.#stateOf(person), ...figures];
    row.dataset["age"] = freshnessOf(person);
    [...row.cells].forEach((cell, index) => setText(cell, texts[index] ?? ""));
  }
}
