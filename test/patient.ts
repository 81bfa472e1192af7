import { afterAll, vi } from "vitest";

const { waitFor } = vi;

/** Left to itself `vi.waitFor` gives up after a second, which a busy machine may take. */
vi.waitFor = (callback, options = 15_000) => waitFor(callback, options);

// Files share their worker's process: what one stood in for is no other's.
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});
