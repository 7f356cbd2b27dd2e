import { freshness, pageTime, type Freshness } from "../client/freshness.ts";

/** Nothing on a page stays longer than it may by more than this. */
const lookMilliseconds = 100;

/** Calls back often enough that what ages on the page fades and vanishes in time. */
export function whileAging(look: (now: number) => void): void {
  window.setInterval(() => look(pageTime()), lookMilliseconds);
}

/** Marks an element, for its style, by how old what it shows is. */
export function markAge(target: HTMLElement, age: number): Freshness {
  const state = freshness(age);
  if (target.dataset["age"] !== state) target.dataset["age"] = state;
  return state;
}
