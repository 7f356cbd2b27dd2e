/** Delays before each attempt to reconnect; the last is repeated. The first is zero, since most interruptions are brief. */
export const resumeDelays: readonly number[] = [0, 300, 700, 1500, 3000, 5000, 8000];

/** Up to this share is added at random, so that the clients of a restarted server don't all return at once. */
const jitter = 0.3;

/**
 * How long each attempt's connection may take to open. The first ones are short: a balancer may lead to a server that hangs before it knows of it, and to
 * another one the next time. Later ones are for slow networks.
 */
const openingMilliseconds: readonly number[] = [2000, 2000, 4000, 8000];

/** How long the connection of attempt number `attempt`, counted from 0, may take to open. */
export function openingTime(attempt: number): number {
  return openingMilliseconds[Math.min(attempt, openingMilliseconds.length - 1)] ?? 0;
}

const shortestPatience = 3000;
const longestPatience = 12_000;

/** How long a frame may be unanswered before its connection is replaced: three seconds, but longer on networks that are that slow. */
export class Patience {
  #milliseconds = shortestPatience;

  get milliseconds(): number {
    return this.#milliseconds;
  }

  answered(roundTrip: number): void {
    this.#set(2 * roundTrip);
  }

  /** The connection was replaced: if that was of no use, the next one gets more time. */
  ended(): void {
    this.#set(2 * this.#milliseconds);
  }

  #set(milliseconds: number): void {
    this.#milliseconds = Math.min(Math.max(milliseconds, shortestPatience), longestPatience);
  }
}

/** The delay before attempt number `attempt`, counted from 0. */
export function resumeDelay(attempt: number, random: () => number = Math.random): number {
  const delay = resumeDelays[Math.min(attempt, resumeDelays.length - 1)] ?? 0;
  return delay * (1 + jitter * random());
}
