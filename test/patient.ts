import { vi } from "vitest";

const { waitFor } = vi;

/** Left to itself `vi.waitFor` gives up after a second, which a busy machine may take. */
vi.waitFor = (callback, options = 15_000) => waitFor(callback, options);
