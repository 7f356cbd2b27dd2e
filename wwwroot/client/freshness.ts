/** Whether an answer still represents how a face appears now. */
export type Freshness = "fresh" | "faded" | "gone";

/** Expressions change within half a second; after two seconds a face may show the opposite of its reading. */
export const fadeAfterMilliseconds = 500;
export const hideAfterMilliseconds = 2000;

/** The freshness of an answer of this age, in milliseconds since its picture was taken. */
export function freshness(age: number): Freshness {
  if (age > hideAfterMilliseconds) return "gone";
  return age > fadeAfterMilliseconds ? "faded" : "fresh";
}

/** How strongly an overlay draws an answer of this age. */
export function strength(age: number): number {
  return { fresh: 1, faded: 0.4, gone: 0 }[freshness(age)];
}

/** This page's monotonic clock, in milliseconds since 1970; frames are stamped with it. */
export function pageTime(): number {
  return performance.timeOrigin + performance.now();
}
