import type { PseudonymKey, PseudonymKeys } from "../pseudonym.ts";
import { readKey } from "./key-bytes.ts";
import { type ChainKey, isChain, isHeld, type KeyFile, type SubjectEntry } from "./key-file.ts";
import { earliest, latest, type Month, monthAfter, monthOf, monthsBetween, startOf } from "./month.ts";
import { type ChainLink, linkOf, monthKey, nextLink } from "./subject-chain.ts";

/** The end of a chain that has none. */
const ENDLESS: Month = "9999-12";

/**
 * The keys of data subjects' pseudonyms, month by month, as a key file has them at the moment.
 *
 * Nodes that share a file agree on every month's key without a word between them.
 *
 * @param read - the file as it is now; asked at every use, so it must cost nothing while nothing changed
 */
export function monthlyKeys(read: () => KeyFile): PseudonymKeys {
  let known: { readonly file: KeyFile; readonly from: number; readonly to: number } | undefined;
  let keys: readonly PseudonymKey[] = [];
  return {
    all(now) {
      const file = read();
      if (known?.file === file && now >= known.from && now < known.to) return keys;
      const month = monthOf(now);
      keys = keysOf(file.subjects, month);
      known = { file, from: startOf(month), to: startOf(monthAfter(month)) };
      return keys;
    },
  };
}

/**
 * The keys in force in a month: the one that makes new pseudonyms, then all others, later months first.
 *
 * The month ahead is among them: another node's clock may be there already.
 */
export function keysOf(subjects: readonly SubjectEntry[], month: Month): readonly PseudonymKey[] {
  const active = activeEntry(subjects, month);
  const current = currentId(active, month);
  const all = subjects.flatMap((entry): readonly PseudonymKey[] => {
    if (!isChain(entry)) return [{ id: entry.id, key: readKey(entry.key) }];
    const last = earliest(monthAfter(month), lastMonthOf(entry, subjects));
    return keysOfChain(entry, entry === active ? latest(last, entry.month) : last);
  });
  return [...all.filter(({ id }) => id === current), ...all.filter(({ id }) => id !== current)];
}

/** The entry that makes new pseudonyms in a month: the newest chain that has begun, else a single key, else the first chain. */
export function activeEntry(subjects: readonly SubjectEntry[], month: Month): SubjectEntry {
  const chains = subjects.filter(isChain);
  const begun = chains.find(({ from }) => from <= month);
  const entry = begun ?? subjects.find((one) => !isChain(one) && !isHeld(one)) ?? chains.at(-1);
  if (entry === undefined) throw new Error("a key file without a key for pseudonyms was not refused");
  return entry;
}

function currentId(active: SubjectEntry, month: Month): string {
  // A clock gone wrong, or back over a shredded month, gets the first month the chain still has.
  return isChain(active) ? keyId(active, latest(active.month, month)) : active.id;
}

/**
 * The last month a chain may have been used in, {@link ENDLESS} for the newest: the one a newer chain begins in, as nodes take
 * that one over one by one.
 */
export function lastMonthOf(chain: ChainKey, subjects: readonly SubjectEntry[]): Month {
  const chains = subjects.filter(isChain);
  return chains.slice(0, chains.indexOf(chain)).reduce((last, { from }) => earliest(last, from), ENDLESS);
}

/** A chain's keys, later months first. */
function keysOfChain(chain: ChainKey, last: Month): readonly PseudonymKey[] {
  let link = linkIn(chain);
  const keys: PseudonymKey[] = [];
  for (const month of monthsBetween(chain.month, last)) {
    keys.push({ id: keyId(chain, month), key: monthKey(link) });
    link = nextLink(link);
  }
  return keys.reverse();
}

/** The id that stands in records: two chains never share one. */
function keyId({ id }: ChainKey, month: Month): string {
  return `${month}.${id}`;
}

function linkIn({ month, key }: ChainKey): ChainLink {
  return { month, key: readKey(key) };
}

/** One month's key of a chain, to be kept alone. */
export function keyOfMonth(chain: ChainKey, month: Month): PseudonymKey {
  return { id: keyId(chain, month), key: monthKey(linkOf(linkIn(chain), month)) };
}
