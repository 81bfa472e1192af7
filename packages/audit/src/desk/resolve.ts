import { SUBJECT_TYPES, type Subject } from "@garim/policy";
import { isDamaged } from "../ask/entry.ts";
import { queryInvalid } from "../ask/filter.ts";
import type { LogReader } from "../ask/reader.ts";

/** Pseudonyms that are to be told whose they are. */
export interface Resolution {
  /** As records name them, 32 hex digits each: 1 to 100. */
  readonly pseudonyms: readonly string[];
  /** Who it may be, as only the host knows them: 1 to 1,000. */
  readonly candidates: readonly Subject[];
  /** Why it must be known; not blank. */
  readonly purpose: string;
}

/** A pseudonym, and whose it is. */
export interface ResolvedSubject {
  readonly hex: string;
  readonly subject: Subject;
}

const MOST_PSEUDONYMS = 100;
const MOST_CANDIDATES = 1_000;
const PSEUDONYM = /^[0-9a-f]{32}$/;

/** @throws GarimError `ERR_GARIM_QUERY_INVALID`, naming what is wrong and what to write */
export function checkResolution({ pseudonyms, candidates, purpose }: Resolution): void {
  if (typeof purpose !== "string" || purpose.trim() === "")
    throw queryInvalid(
      "Whose a pseudonym is, is told for a stated purpose only; write purpose as a sentence that says why",
    );
  if (
    !isList(pseudonyms, MOST_PSEUDONYMS) ||
    !pseudonyms.every((one) => typeof one === "string" && PSEUDONYM.test(one))
  )
    throw queryInvalid(
      `pseudonyms must be a list of 1 to ${MOST_PSEUDONYMS} texts of 32 hex digits, the hex of a record's subjects`,
    );
  if (!isList(candidates, MOST_CANDIDATES) || !candidates.every(isSubject))
    throw queryInvalid(
      `candidates must be a list of 1 to ${MOST_CANDIDATES} subjects made by subject.buyer(id), .phone(id) or .order(id); ask again with the others`,
    );
}

/**
 * Finds whose pseudonyms they are.
 *
 * @param everyPseudonym - a subject's pseudonyms under every key
 */
export function match(
  { pseudonyms, candidates }: Resolution,
  everyPseudonym: (subject: Subject) => readonly string[],
): readonly ResolvedSubject[] {
  const wanted = new Set(pseudonyms);
  return candidates.flatMap((subject) =>
    everyPseudonym(subject)
      .filter((hex) => wanted.has(hex))
      .map((hex) => ({ hex, subject })),
  );
}

/** Those pseudonyms that stand in a record the reader may see; what was merely asked for is none of its data. */
export async function keepSeen(
  resolved: readonly ResolvedSubject[],
  reader: LogReader,
): Promise<readonly ResolvedSubject[]> {
  const seen: ResolvedSubject[] = [];
  for (const one of resolved) if (await isSeen(one, reader)) seen.push(one);
  return seen;
}

async function isSeen({ hex, subject }: ResolvedSubject, reader: LogReader): Promise<boolean> {
  for await (const found of reader.walk({ subject }))
    if (
      !isDamaged(found) &&
      found.access.records.some((one) => one.subjects.some((logged) => logged.hex === hex))
    )
      return true;
  return false;
}

function isList(value: unknown, most: number): boolean {
  return Array.isArray(value) && value.length >= 1 && value.length <= most;
}

function isSubject(value: Subject): boolean {
  const { type, id } = (value ?? {}) as Partial<Subject>;
  return SUBJECT_TYPES.some((one) => one === type) && typeof id === "string" && id !== "" && id.length <= 256;
}
