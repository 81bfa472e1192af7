import { REASONS } from "@garim/policy";
import type { Language } from "../answer/problem.ts";
import type { DownloadEntry } from "./ledger/entry.ts";

/** What pages are told of a download: everything of the ledger but what fetches it. Moments are UTC milliseconds. */
export function viewOf(entry: DownloadEntry, now: number, language: Language): object {
  const {
    ask: _ask,
    session: _session,
    reason,
    expected,
    rows,
    state,
    destroyBy,
    destroyedAt,
    fetchedAt,
    ...rest
  } = entry;
  return {
    ...rest,
    state,
    reason,
    because: reason === null ? null : REASONS[reason].because[language],
    expected,
    rows,
    percent: percentOf(entry),
    fetchedAt,
    destroyBy,
    destroyedAt,
    isOverdue: fetchedAt !== null && destroyedAt === null && destroyBy !== null && destroyBy < now,
  };
}

/** How far it is, of 100; `null` where nobody knows. Not 100 before it is whole. */
function percentOf({ state, expected, rows, withheld }: DownloadEntry): number | null {
  if (state === "ready" || state === "fetched") return 100;
  if (state !== "running" || expected === null || expected === 0) return null;
  return Math.min(99, Math.floor(((rows + withheld) / expected) * 100));
}
