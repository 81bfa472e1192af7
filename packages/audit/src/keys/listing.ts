import {
  type ChainKey,
  isChain,
  isHeld,
  type KeyFile,
  type KeyKind,
  type SignerEntry,
  type SingleKey,
  type SubjectEntry,
} from "./key-file.ts";
import { earliest, type Month, monthOf } from "./month.ts";
import { openSigner } from "./signer.ts";
import { activeEntry, lastMonthOf } from "./subject-keys.ts";

/**
 * `in-use`: makes, encrypts or signs. `waiting`: its month comes. `kept`: searches or decrypts only. `held`: one month, kept by a
 * legal hold. `retired`: its public key alone is left.
 */
export type KeyState = "in-use" | "waiting" | "kept" | "held" | "retired";

/** A key without its secret. */
export interface KeyListing {
  readonly kind: KeyKind;
  readonly id: string;
  readonly state: KeyState;
  /** ISO 8601; `null` where nobody wrote it down. */
  readonly made: string | null;
  /** Whole days of 24 hours since then. */
  readonly ageDays: number | null;
  readonly owner: string | null;
  /** Of subjects' keys: the first and the last month that can be searched, up to this month; `null` for a key without months. */
  readonly months?: readonly [Month, Month] | null;
  /** Of signers: the public key, as `garim verify` takes it. */
  readonly verifierKey?: string;
}

const DAY_MS = 86_400_000;

/**
 * Lists the keys of a file, without their secrets.
 *
 * @param now - UTC milliseconds
 */
export function listKeys(file: KeyFile, now: number): readonly KeyListing[] {
  const { subjects, secrets, signers } = file;
  return [
    ...subjects.map((entry) => listSubject(entry, subjects, now)),
    ...secrets.map((entry, i) => ({
      ...describe("secrets", entry, now),
      state: i === 0 ? ("in-use" as const) : ("kept" as const),
    })),
    ...signers.map((entry) => listSigner(entry, now)),
  ];
}

function listSubject(entry: SubjectEntry, subjects: readonly SubjectEntry[], now: number): KeyListing {
  const month = monthOf(now);
  const listing = describe("subjects", entry, now);
  if (isHeld(entry)) return { ...listing, state: "held", months: [entry.held, entry.held] };
  const state = entry === activeEntry(subjects, month) ? "in-use" : "kept";
  if (!isChain(entry)) return { ...listing, state, months: null };
  const isWaiting = state === "kept" && entry.from > month;
  return { ...listing, state: isWaiting ? "waiting" : state, months: monthsOf(entry, subjects, month) };
}

function monthsOf(
  chain: ChainKey,
  subjects: readonly SubjectEntry[],
  month: Month,
): readonly [Month, Month] | null {
  const last = earliest(lastMonthOf(chain, subjects), month);
  return last < chain.month ? [chain.month, chain.month] : [chain.month, last];
}

function listSigner(entry: SignerEntry, now: number): KeyListing {
  const { name, seed } = entry;
  const verifierKey = seed === undefined ? entry.verifierKey : openSigner(name, seed).verifierKey;
  return {
    ...describe("signers", entry, now),
    state: seed === undefined ? "retired" : "in-use",
    ...(verifierKey === undefined ? {} : { verifierKey }),
  };
}

function describe(
  kind: KeyKind,
  { id, made, owner }: Pick<SingleKey, "id" | "made" | "owner">,
  now: number,
): Omit<KeyListing, "state"> {
  return {
    kind,
    id,
    made: made ?? null,
    ageDays: made === undefined ? null : Math.floor((now - Date.parse(made)) / DAY_MS),
    owner: owner ?? null,
  };
}
