import type { KeyFile } from "../keys/key-file.ts";
import { listKeys } from "../keys/listing.ts";
import { type Month, monthAfter, monthsBetween } from "../keys/month.ts";
import { shredMonth } from "../keys/shred.ts";

/** Which months' keys are needed still. */
export interface KeyNeed {
  /** The last month that is destroyed. */
  readonly upTo: Month;
  /** Months that are in the log still. */
  readonly left: readonly Month[];
  /** Of them, those under a legal hold. */
  readonly held: readonly Month[];
  /** UTC milliseconds. */
  readonly now: number;
}

/** What became of the keys. */
export interface Forgotten {
  /** Months nobody can be found under any more, oldest first. */
  readonly months: readonly Month[];
  /** Months whose key stays for a month that is held: its own and those beside it, as records of its edges may have theirs. */
  readonly held: readonly Month[];
  /** Whether there is a key without months (the older form), which cannot be forgotten with one. */
  readonly hasSingleKey: boolean;
}

/**
 * Forgets the subjects' keys of months that are destroyed, oldest first. Does nothing the second time.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID`
 */
export function forgetKeys(
  file: KeyFile,
  need: KeyNeed,
): { readonly file: KeyFile; readonly forgotten: Forgotten } {
  const stay = need.held.flatMap((month) => [monthBefore(month), month, monthAfter(month)]);
  const { chained, alone, hasSingleKey } = monthsIn(file, need.now);
  const gone = [...new Set([...chained, ...alone])].filter(
    (month) => month <= need.upTo && !need.left.includes(month),
  );
  const months = gone.filter((month) => !stay.includes(month)).toSorted();
  const left = months.reduce((then, month) => shredOne(then, month, need.now), file);
  const held = gone.filter((month) => stay.includes(month)).toSorted();
  return { file: left, forgotten: { months, held, hasSingleKey } };
}

/** Earlier months that a chain has still are the ones that stay. */
function shredOne(file: KeyFile, month: Month, now: number): KeyFile {
  const holds = monthsIn(file, now).chained.filter((one) => one < month);
  return shredMonth(file, { month, holds, now });
}

function monthsIn(
  file: KeyFile,
  now: number,
): { readonly chained: readonly Month[]; readonly alone: readonly Month[]; readonly hasSingleKey: boolean } {
  const subjects = listKeys(file, now).filter(({ kind }) => kind === "subjects");
  const monthsOf = (isHeld: boolean): readonly Month[] =>
    subjects
      .filter(({ state }) => (state === "held") === isHeld)
      .flatMap(({ months }) => (months == null ? [] : monthsBetween(...months)));
  return {
    chained: [...new Set(monthsOf(false))],
    alone: monthsOf(true),
    hasSingleKey: subjects.some(({ months }) => months === null),
  };
}

function monthBefore(month: Month): Month {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - 1);
  return date.toISOString().slice(0, 7);
}
