import { emotionLabels } from "./contracts.ts";

/** The content of `demo/index.json`: the composites of each expression, and the number of people in each. */
export interface DemoIndex {
  readonly emotions: Readonly<Record<string, readonly string[]>>;
  readonly people: Readonly<Record<string, number>>;
}

/** One composite: the average of many faces of one expression. */
export interface DemoFace {
  readonly file: string;
  readonly people: number;
}

/** The order of the composites: one of each expression, then the next one of each, and so on. */
export function demoSequence(index: DemoIndex): DemoFace[] {
  const versions = emotionLabels.map((label) => index.emotions[label] ?? []).filter((files) => files.length > 0);
  const rounds = Math.max(0, ...versions.map((files) => files.length));
  return Array.from({ length: rounds }, (_, round) => versions.map((files) => files[round % files.length]!))
    .flat()
    .map((file) => ({ file, people: index.people[file] ?? 0 }));
}
