import { AUTH_DEFAULTS } from "../defaults.ts";

/** Tells on each write whether it is time to delete expired entries: no timer keeps the process alive. */
export function createSweepPace(): (now: number) => boolean {
  let sweptAt = Number.NEGATIVE_INFINITY;
  return (now) => {
    // A clock that went back must not stop the sweeping for as long as it went back.
    const isDue = now < sweptAt || now - sweptAt >= AUTH_DEFAULTS.sweepMs;
    if (isDue) sweptAt = now;
    return isDue;
  };
}
