import type { Subject } from "@garim/policy";
import type { Receipt } from "../access.ts";
import type { AuditorDesk } from "../desk/desk.ts";
import { makePseudonym, type PseudonymKeys } from "../pseudonym.ts";
import type { FoundScope } from "./find-scope.ts";

/** Somebody the host knows, and how they are reached: whatever it needs to tell them. */
export interface Candidate<Contact> {
  readonly subject: Subject;
  readonly contact: Contact;
}

/** A data subject whom a leak concerns. */
export interface ConcernedContact<Contact> extends Candidate<Contact> {
  /** The record that says this contact was looked up. */
  readonly record: Receipt;
}

export interface ContactSearch<Contact> {
  readonly found: Pick<FoundScope, "isConcerned">;
  readonly keys: PseudonymKeys;
  /**
   * Everybody the host knows, buyers and recipients: the log holds nobody's contact data, and pseudonyms lead back to nobody.
   * They are taken one by one and never kept.
   */
  readonly candidates: AsyncIterable<Candidate<Contact>> | Iterable<Candidate<Contact>>;
  /** Why they must be known; not blank. */
  readonly purpose: string;
  /** UTC milliseconds, for keys that change with the month; the computer's clock unless given. */
  readonly clock?: () => number;
}

/** Pseudonyms that a desk resolves at once. */
const MOST_AT_ONCE = 100;

/**
 * Finds the contacts of those whom a leak concerns. Each is on record (`resolve-subject`, with the purpose) before it is handed out.
 * One person may come several times, as a buyer and as a phone.
 *
 * @throws GarimError as `AuditorDesk.resolveSubject` does
 */
export async function* listContacts<Contact>(
  desk: AuditorDesk,
  { found, keys, candidates, purpose, clock = Date.now }: ContactSearch<Contact>,
): AsyncIterable<ConcernedContact<Contact>> {
  const all = keys.all(clock());
  let waiting: Concerned<Contact>[] = [];
  for await (const candidate of candidates) {
    const hexes = all.map(({ key }) => makePseudonym(key, candidate.subject)).filter(found.isConcerned);
    const [hex] = hexes;
    if (hex === undefined) continue;
    waiting.push({ candidate, hex });
    if (waiting.length < MOST_AT_ONCE) continue;
    yield* resolve(desk, waiting, purpose);
    waiting = [];
  }
  if (waiting.length > 0) yield* resolve(desk, waiting, purpose);
}

/** One pseudonym is enough to know somebody by. */
interface Concerned<Contact> {
  readonly candidate: Candidate<Contact>;
  readonly hex: string;
}

async function* resolve<Contact>(
  desk: AuditorDesk,
  waiting: readonly Concerned<Contact>[],
  purpose: string,
): AsyncIterable<ConcernedContact<Contact>> {
  const { resolved, record } = await desk.resolveSubject({
    pseudonyms: waiting.map(({ hex }) => hex),
    candidates: waiting.map(({ candidate }) => candidate.subject),
    purpose,
  });
  const hexes = new Set(resolved.map(({ hex }) => hex));
  for (const { candidate, hex } of waiting) if (hexes.has(hex)) yield { ...candidate, record };
}
