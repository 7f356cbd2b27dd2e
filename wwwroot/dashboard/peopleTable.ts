import { emotionLabels } from "../client/contracts.ts";
import { mainFace, type RoomPerson } from "../client/roomContracts.ts";
import { barNames } from "../live/appearance.ts";
import { create, setText } from "../live/elements.ts";
import { strings } from "../strings.ts";
import { isStale, stateOf } from "./personCard.ts";

/** The same people as rows of figures, for reading, comparing and screen readers. */
export class PeopleTable {
  readonly #body = create("tbody");

  constructor(host: HTMLElement) {
    const table = create("table");
    table.append(create("caption", "sr-only", strings.peopleTitle), this.#head(), this.#body);
    host.append(table);
  }

  show(people: readonly RoomPerson[]): void {
    while (this.#body.rows.length > people.length) this.#body.deleteRow(-1);
    people.forEach((person, index) => this.#showRow(this.#body.rows[index] ?? this.#addRow(), person));
  }

  #head(): HTMLTableSectionElement {
    const row = create("tr");
    for (const name of [strings.personName, strings.appearance, strings.certainty, strings.valence, strings.arousal, ...barNames]) {
      const cell = create("th", "", name);
      cell.scope = "col";
      row.append(cell);
    }
    const head = create("thead");
    head.append(row);
    return head;
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
      ? [percent(face.certainty), face.valence.toFixed(2), face.arousal.toFixed(2), ...face.emotions.map(percent)]
      : Array.from({ length: 3 + emotionLabels.length }, () => "–");
    const texts = [person.name ?? strings.unnamed, stateOf(person, face), ...figures];
    row.classList.toggle("away", !face || isStale(person));
    [...row.cells].forEach((cell, index) => setText(cell, texts[index] ?? ""));
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
