/** Delays before each attempt to reconnect; the last is repeated. The first is zero, since most interruptions are brief. */
export const resumeDelays: readonly number[] = [0, 300, 700, 1500, 3000, 5000, 8000];

/** Up to this share is added at random, so that the clients of a restarted server don't all return at once. */
const jitter = 0.3;

/** The delay before attempt number `attempt`, counted from 0. */
export function resumeDelay(attempt: number, random: () => number = Math.random): number {
  const delay = resumeDelays[Math.min(attempt, resumeDelays.length - 1)] ?? 0;
  return delay * (1 + jitter * random());
}
