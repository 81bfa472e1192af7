import { keysInvalid } from "./fault.ts";
import { readKey, writeKey } from "./key-bytes.ts";
import { type ChainKey, type HeldKey, isChain, isHeld, type KeyFile, type SubjectEntry } from "./key-file.ts";
import { earliest, isMonth, type Month, monthAfter, monthOf, monthsBetween } from "./month.ts";
import { linkOf } from "./subject-chain.ts";
import { keyOfMonth, lastMonthOf } from "./subject-keys.ts";

export interface Shredding {
  /** The month whose keys are forgotten. */
  readonly month: Month;
  /** Earlier months under legal hold: each keeps its one key while the chain goes past it. */
  readonly holds?: readonly Month[];
  /** UTC milliseconds. */
  readonly now: number;
}

/**
 * Forgets the keys of a month (crypto-shredding): whoever is on record under it cannot be joined to a person again, by anybody.
 * Chains go past it; where one was held before, its single key goes as well. Months go oldest first, as a chain leads forward.
 *
 * Only this file is changed: who keeps a copy of the old one keeps the month.
 *
 * @throws GarimError `ERR_GARIM_KEYS_INVALID` where the month is not over, is gone already, or an earlier one is neither gone nor
 *   held
 */
export function shredMonth(file: KeyFile, { month, holds = [], now }: Shredding): KeyFile {
  for (const one of [month, ...holds])
    if (!isMonth(one)) throw keysInvalid("What is shredded or held must be a month such as 2026-11");
  if (month >= monthOf(now))
    throw keysInvalid(`Records are made under ${month} still; only a month that is over can be shredded`);
  if (holds.includes(month)) throw keysInvalid(`${month} cannot be both shredded and held`);
  const passed = file.subjects.filter(isChain).filter((chain) => reaches(chain, month, file));
  const isHeldAlone = file.subjects.some((entry) => isHeld(entry) && entry.held === month);
  if (passed.length === 0 && !isHeldAlone)
    throw keysInvalid(`There is no key of ${month}; garim keys list shows the months kept`);
  checkOrder(
    passed.flatMap((chain) => monthsUpTo(chain, month, file)),
    month,
    holds,
  );
  const subjects = file.subjects.flatMap((entry): readonly SubjectEntry[] => {
    if (isHeld(entry)) return entry.held === month ? [] : [entry];
    return isChain(entry) && passed.includes(entry) ? moveOn(entry, month, file) : [entry];
  });
  const held = passed.flatMap((chain) =>
    monthsUpTo(chain, month, file)
      .filter((one) => holds.includes(one))
      .map((one) => holdMonth(chain, one)),
  );
  return { ...file, subjects: [...subjects, ...held] };
}

/** Whether a chain has the key of a month, or of one before. */
function reaches(chain: ChainKey, month: Month, { subjects }: KeyFile): boolean {
  return chain.month <= month && chain.month <= lastMonthOf(chain, subjects);
}

/** The months a chain still has, up to one and to its own end. */
function monthsUpTo(chain: ChainKey, month: Month, { subjects }: KeyFile): readonly Month[] {
  return monthsBetween(chain.month, earliest(month, lastMonthOf(chain, subjects)));
}

function checkOrder(kept: readonly Month[], month: Month, holds: readonly Month[]): void {
  const before = kept.filter((one) => one < month);
  const [first] = before.filter((one) => !holds.includes(one)).sort();
  if (first !== undefined)
    throw keysInvalid(
      `${first} is kept, and its key leads to that of ${month}: shred ${first} first, or keep it alone with --hold ${first}`,
    );
  const absent = holds.find((one) => !before.includes(one));
  if (absent !== undefined)
    throw keysInvalid(
      `${absent} cannot be held by shredding ${month}: it is no earlier month that a chain still has`,
    );
}

/** The chain behind a month; nothing where it was never used so late. */
function moveOn(chain: ChainKey, month: Month, { subjects }: KeyFile): readonly ChainKey[] {
  const next = monthAfter(month);
  if (next > lastMonthOf(chain, subjects)) return [];
  const link = linkOf({ month: chain.month, key: readKey(chain.key) }, next);
  return [{ ...chain, month: next, key: writeKey(link.key) }];
}

function holdMonth(chain: ChainKey, held: Month): HeldKey {
  const { made, owner } = chain;
  const { id, key } = keyOfMonth(chain, held);
  const said = { ...(made === undefined ? {} : { made }), ...(owner === undefined ? {} : { owner }) };
  return { id, held, key: writeKey(key), ...said };
}
