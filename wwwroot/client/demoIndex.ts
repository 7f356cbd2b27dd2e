import { emotionLabels } from "./contracts.ts";

/** What `demo/index.json` says: the composites of each expression, and how many people each was made of. */
export interface DemoIndex {
  readonly emotions: Readonly<Record<string, readonly string[]>>;
  readonly people: Readonly<Record<string, number>>;
}

/** One composite: the average of many faces of one expression. */
export interface DemoFace {
  readonly file: string;
  readonly people: number;
}

/** The order in which composites are shown: once through all expressions, then again with each one's next composite. */
export function demoSequence(index: DemoIndex): DemoFace[] {
  const versions = emotionLabels.map((label) => index.emotions[label] ?? []).filter((files) => files.length > 0);
  const rounds = Math.max(0, ...versions.map((files) => files.length));
  return Array.from({ length: rounds }, (_, round) => versions.map((files) => files[round % files.length]!))
    .flat()
    .map((file) => ({ file, people: index.people[file] ?? 0 }));
}
