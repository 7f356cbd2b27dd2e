import type { RoomPerson } from "../../client/roomContracts.ts";

export const positions = [
  "top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right",
] as const;
export type Position = (typeof positions)[number];

export const parts = ["name", "appearance", "bars", "mix"] as const;
export type Part = (typeof parts)[number];

/** The settings in the page's address; missing or invalid ones have their defaults. */
export interface OverlaySettings {
  readonly room: string | undefined;
  readonly token: string | undefined;
  /** A person's name or ID; if undefined, the room as a whole is shown. */
  readonly person: string | undefined;
  readonly position: Position;
  /** 1 is the text size of the other pages. */
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

/** Finds a person by ID, or else the first with that name, ignoring case. */
export function findPerson(people: readonly RoomPerson[], wanted: string): RoomPerson | undefined {
  const name = wanted.toLowerCase();
  return people.find((person) => person.id === wanted) ?? people.find((person) => person.name?.toLowerCase() === name);
}

function sizeOf(text: string | undefined): number {
  const size = sizes[text ?? "medium"] ?? Number(text);
  return Number.isFinite(size) && size > 0 ? Math.min(largest, Math.max(smallest, size)) : 1;
}
