import { createHash } from "node:crypto";
import type { PseudonymKeys } from "@garim/audit";

/** A month of the generated log, UTC: the first moment and the first of the next. */
export interface LoggedMonth {
  /** `2026-01`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The log spans half a year, whatever its size. */
export const MONTHS: readonly LoggedMonth[] = [0, 1, 2, 3, 4, 5].map((month) => ({
  name: `2026-0${month + 1}`,
  from: Date.UTC(2026, month),
  to: Date.UTC(2026, month + 1),
}));

const NOW_KEY = keyOf("now");

/** A key a month, as in life: whoever asks for somebody tries them all. */
export const MONTH_KEYS: PseudonymKeys = {
  all: (now) => {
    const own = MONTHS.filter(({ from }) => from <= now).map(({ name }) => keyOf(name));
    return [...(now >= (MONTHS.at(-1)?.to ?? 0) ? [NOW_KEY] : []), ...own.reverse()];
  },
};

function keyOf(id: string): { readonly id: string; readonly key: Uint8Array } {
  return { id, key: createHash("sha256").update(`bench ${id}`).digest() };
}
