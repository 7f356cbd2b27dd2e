import type { RoomPerson } from "../../client/roomContracts.ts";

export const positions = [
  "top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right",
] as const;
export type Position = (typeof positions)[number];

export const parts = ["name", "appearance", "bars", "mix"] as const;
export type Part = (typeof parts)[number];

/** What the page's address asks for; what it leaves out or misspells is as usual. */
export interface OverlaySettings {
  readonly room: string | undefined;
  readonly token: string | undefined;
  /** A person's name or id; without one the room as a whole is shown. */
  readonly person: string | undefined;
  readonly position: Position;
  /** 1 is as large as the other pages' text. */
  readonly size: number;
  readonly show: ReadonlySet<Part>;
}

const sizes: Readonly<Record<string, number>> = { small: 0.75, medium: 1, large: 1.5 };
const smallest = 0.5;
const largest = 5;

export function overlaySettings(address: string): OverlaySettings {
  const query = new URLSearchParams(address);
  const text = (name: string) => query.get(name)?.trim() || undefined;
  const shown = parts.filter((part) => text("show")?.split(",").some((wanted) => wanted.trim() === part));
  return {
    room: text("room"),
    token: text("token"),
    person: text("person"),
    position: positions.find((position) => position === text("position")) ?? "bottom-left",
    size: sizeOf(text("size")),
    show: new Set(shown.length > 0 ? shown : (["name", "appearance", "bars"] as const)),
  };
}

/** The person that is meant: by id, else the first of that name, upper or lower case. */
export function findPerson(people: readonly RoomPerson[], wanted: string): RoomPerson | undefined {
  const name = wanted.toLowerCase();
  return people.find((person) => person.id === wanted) ?? people.find((person) => person.name?.toLowerCase() === name);
}

function sizeOf(text: string | undefined): number {
  const size = sizes[text ?? "medium"] ?? Number(text);
  return Number.isFinite(size) && size > 0 ? Math.min(largest, Math.max(smallest, size)) : 1;
}
