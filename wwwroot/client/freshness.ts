/** Whether an answer still says how a face appears now. */
export type Freshness = "fresh" | "faded" | "gone";

/** Expressions come and go within half a second; after two, a face may show the opposite of what was read of it. */
export const fadeAfterMilliseconds = 500;
export const hideAfterMilliseconds = 2000;

/** How far an answer of this age, in milliseconds since its picture was taken, may still be shown. */
export function freshness(age: number): Freshness {
  if (age > hideAfterMilliseconds) return "gone";
  return age > fadeAfterMilliseconds ? "faded" : "fresh";
}

/** How strongly an overlay draws an answer of this age. */
export function strength(age: number): number {
  return { fresh: 1, faded: 0.4, gone: 0 }[freshness(age)];
}

/** This page's clock, which never jumps, in milliseconds since 1970; frames are stamped by it. */
export function pageTime(): number {
  return performance.timeOrigin + performance.now();
}
