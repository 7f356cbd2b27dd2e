import { freshness, pageTime, type Freshness } from "../client/freshness.ts";

/** How late a reading may fade or disappear. */
const lookMilliseconds = 100;

/** Calls back regularly, so that readings on the page fade and disappear in time. */
export function whileAging(look: (now: number) => void): void {
  window.setInterval(() => look(pageTime()), lookMilliseconds);
}

/** Marks an element with the freshness of what it shows, for its style. */
export function markAge(target: HTMLElement, age: number): Freshness {
  const state = freshness(age);
  if (target.dataset["age"] !== state) target.dataset["age"] = state;
  return state;
}
