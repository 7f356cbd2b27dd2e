import { mainFace, type RoomPerson } from "../../client/roomContracts.ts";

/** A column by its index: name, appearance, certainty, valence, arousal, then the eight expressions. */
export interface SortOrder {
  readonly column: number;
  readonly descending: boolean;
}

export const nameColumn = 0;
export const appearanceColumn = 1;
const certaintyColumn = 2;

/** The order after a click on a column header: numbers start with the largest, words with A; a second click reverses it, a third ends it. */
export function nextOrder(order: SortOrder | undefined, column: number): SortOrder | undefined {
  const descendingFirst = column >= certaintyColumn;
  if (order?.column !== column) return { column, descending: descendingFirst };
  return order.descending === descendingFirst ? { column, descending: !descendingFirst } : undefined;
}

/** Sorts people; those without a value come last, and ties keep their order. */
export function sortPeople(people: readonly RoomPerson[], order: SortOrder | undefined): readonly RoomPerson[] {
  if (!order) return people;
  const sign = order.descending ? -1 : 1;
  return people
    .map((person) => ({ person, key: keyOf(person, order.column) }))
    .sort((a, b) => (a.key === undefined || b.key === undefined ? Number(a.key === undefined) - Number(b.key === undefined) : sign * compare(a.key, b.key)))
    .map(({ person }) => person);
}

function keyOf(person: RoomPerson, column: number): string | number | undefined {
  if (column === nameColumn) return person.name ?? undefined;
  if (column === appearanceColumn) return person.dominant ?? undefined;
  const face = mainFace(person);
  return face && [face.certainty, face.valence, face.arousal, ...face.emotions][column - certaintyColumn];
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}
