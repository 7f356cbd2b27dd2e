import { emotionLabels } from "../../client/contracts.ts";
import { quoted, rounded } from "../../kit/csv.ts";
import { figure, type Second } from "./roomHistory.ts";

/** A moment named by the viewer. */
export interface Marker {
  /** Milliseconds since 1970 on the server's clock. */
  readonly at: number;
  readonly text: string;
}

/** What is on screen: a span of seconds, the people who are there, and the markers. */
export interface Extract {
  readonly room: string;
  readonly from: number;
  readonly to: number;
  readonly seconds: readonly Second[];
  /** Rows of people who have left are not exported; the room's means are. */
  readonly present: ReadonlySet<string>;
  readonly markers: readonly Marker[];
}

const roomFigures = ["positive", "neutral", "negative", "agreement", "people"] as const;

/** One row per second for the room and for each person, and one per marker, ordered by time. */
export function toCsv(extract: Extract): string {
  // "neutral" is already an emotion's column, so the room's counts have a prefix.
  const head = ["time", "row", "id", "name", "readings", ...emotionLabels, "valence", "arousal", ...roomFigures.map((name) => `room_${name}`)];
  const row = (at: number, kind: string, id: string, name: string, readings: number | "", values: readonly number[]) =>
    [time(at), kind, quoted(id), quoted(name), readings, ...Array.from({ length: figure.people + 1 }, (_, index) => cell(values[index]))].join(",");
  const rows: { at: number; text: string }[] = extract.markers.map(({ at, text }) => ({ at, text: row(at, "marker", "", text, "", []) }));
  for (const { at, room, people } of extract.seconds) {
    if (room.count > 0) rows.push({ at, text: row(at, "room", "", extract.room, room.count, room.values) });
    for (const [id, { name, mean }] of people) {
      if (extract.present.has(id)) rows.push({ at, text: row(at, "person", id, name ?? "", mean.count, mean.values) });
    }
  }
  rows.sort((a, b) => a.at - b.at);
  return [head.join(","), ...rows.map(({ text }) => text)].join("\r\n") + "\r\n";
}

export function toJson(extract: Extract): string {
  return JSON.stringify({
    note: "How faces appeared, as estimated by a model; not what anyone felt. Means of each second.",
    room: extract.room,
    from: time(extract.from),
    to: time(extract.to),
    labels: emotionLabels,
    markers: extract.markers.map(({ at, text }) => ({ time: time(at), text })),
    seconds: extract.seconds.map(({ at, room, people }) => ({
      time: time(at),
      mood: room.count > 0 ? { ...shared(room.values), ...figuresOf(room.values) } : null,
      people: [...people].filter(([id]) => extract.present.has(id)).map(([id, { name, mean }]) => ({ id, name, readings: mean.count, ...shared(mean.values) })),
    })),
  });
}

/** The counts, which the stored history does not have. */
function figuresOf(values: readonly number[]) {
  return Object.fromEntries(
    roomFigures.flatMap((name) => {
      const value = values[figure[name]];
      return value === undefined ? [] : [[name, rounded(value)]];
    }),
  );
}

function shared(values: readonly number[]) {
  return {
    emotions: values.slice(0, emotionLabels.length).map(rounded),
    valence: rounded(values[figure.valence] ?? 0),
    arousal: rounded(values[figure.arousal] ?? 0),
  };
}

function time(at: number): string {
  return new Date(at).toISOString();
}

function cell(value: number | undefined): number | "" {
  return value === undefined ? "" : rounded(value);
}
