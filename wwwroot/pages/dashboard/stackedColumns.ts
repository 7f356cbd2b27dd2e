import { emotionLabels } from "../../client/contracts.ts";
import type { Mean, Second } from "./roomHistory.ts";

/** Areas are broken between seconds that are further apart than this. */
const gapMilliseconds = 3000;

export type Columns = [number[], ...(number | null)[][]];

/** Times in seconds, then for each emotion the height of the stack up to and including it. */
export function stackedColumns(
  seconds: readonly Second[],
  meanOf: (second: Second) => Mean | undefined,
  gap = gapMilliseconds,
): Columns {
  const times: number[] = [];
  const stacks: (number | null)[][] = emotionLabels.map(() => []);
  let before = -Infinity;
  for (const second of seconds) {
    const mean = meanOf(second);
    if (!mean || mean.count === 0) continue;
    if (times.length > 0 && second.at - before > gap) {
      times.push((before + gap / 2) / 1000);
      for (const stack of stacks) stack.push(null);
    }
    before = second.at;
    times.push(second.at / 1000);
    let height = 0;
    stacks.forEach((stack, index) => stack.push((height += mean.values[index] ?? 0)));
  }
  return [times, ...stacks];
}

/** One emotion's own share at an index. */
export function shareAt(columns: Columns, emotion: number, index: number): number | null {
  const top = columns[emotion + 1]?.[index] ?? null;
  if (top === null) return null;
  return emotion === 0 ? top : top - (columns[emotion]?.[index] ?? 0);
}
