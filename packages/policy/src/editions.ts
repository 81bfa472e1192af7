import type { Edition } from "./edition.ts";
import { KR_2022_07_13 } from "./editions/kr-2022-07-13.ts";
import { KR_2026_10_31 } from "./editions/kr-2026-10-31.ts";

/** Every edition, newest first. Each stands in a file of its own and shares nothing, so that no edit changes an old one. */
export const EDITIONS: readonly Edition[] = deepFreeze([KR_2026_10_31, KR_2022_07_13]);

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
