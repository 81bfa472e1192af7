import type { AccessLog, LogEntry } from "@garim/audit";
import type { Policy, Reason } from "@garim/policy";
import { readId, refuseMember } from "../input.ts";
import { createTeller, type Keeper, nameOf } from "../on-record.ts";

/** A reply that was held, as the log has it: the text stands nowhere. */
export interface HeldText {
  /** The record's id. */
  readonly id: string;
  /** UTC milliseconds. */
  readonly at: number;
  /** `null` where somebody of the marketplace wrote it. */
  readonly sellerId: string | null;
  /** Who wrote it: `staff kim`. */
  readonly by: string;
  readonly route: string;
  readonly reasons: readonly Reason[];
  /** How many places of the text they were about. */
  readonly places: number;
}

export interface HeldTextPage {
  /** The newest first. */
  readonly held: readonly HeldText[];
  /** Ask for the next page with it; `null` for the last. */
  readonly next: string | null;
}

export interface HeldTextsAsked {
  /** Whose; left out, of the whole marketplace. */
  readonly sellerId?: string;
  /** The `next` of the page before. */
  readonly after?: string;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number;
}

/** How often texts were held, by reason; a text with two reasons counts under both. */
export interface HeldTextCounts {
  readonly texts: number;
  readonly byReason: Readonly<Record<string, number>>;
  /** The oldest that was counted, UTC milliseconds; `null` where there was none. */
  readonly since: number | null;
  /** Whether there are older ones, which were not counted. */
  readonly hasMore: boolean;
}

const PAGE = 100;
const LARGEST_PAGE = 1_000;
/** Pages that are read for a count. */
const MOST_PAGES = 20;

/**
 * Lists the replies that were held, from the log alone. Asking is on record.
 *
 * @param now - UTC milliseconds, for the record
 * @throws GarimError `ERR_GARIM_OPTION_INVALID`; whatever the log throws
 * @source pipa/29
 */
export async function listHeldTexts(
  { log, policy }: { readonly log: Pick<AccessLog, "find" | "append">; readonly policy: Policy },
  { sellerId, after, limit = PAGE }: HeldTextsAsked,
  keeper: Keeper,
  now: number,
): Promise<HeldTextPage> {
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
    throw refuseMember("limit", `a whole number of 1 to ${LARGEST_PAGE}`);
  const before = after === undefined ? {} : { before: readPlace(after) };
  const seller = sellerId === undefined ? {} : { seller: readId("sellerId", sellerId) };
  const tell = createTeller(
    (access) => log.append(access),
    policy,
    () => now,
  );
  await tell(keeper, { action: "log-query", detail: { question: "held-texts", ...seller } });
  const { entries, next } = await log.find({ actions: ["hold-text"], ...seller }, { limit, ...before });
  return { held: entries.map(toHeld), next: next === null ? null : String(next) };
}

/**
 * Counts the replies that were held by reason, for a folder of evidence; of very many, the newest.
 *
 * @throws whatever the log throws
 */
export async function countHeldTexts(log: Pick<AccessLog, "find">): Promise<HeldTextCounts> {
  const byReason: Record<string, number> = {};
  let [texts, since, before]: [number, number | null, number | null] = [0, null, null];
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = { limit: LARGEST_PAGE, ...(before === null ? {} : { before }) };
    const { entries, next } = await log.find({ actions: ["hold-text"] }, asked);
    for (const { at, reasons } of entries.map(toHeld)) {
      for (const reason of reasons) byReason[reason] = (byReason[reason] ?? 0) + 1;
      [texts, since] = [texts + 1, at];
    }
    before = next;
    if (next === null) break;
  }
  return { texts, byReason, since, hasMore: before !== null };
}

function toHeld({ id, access }: LogEntry): HeldText {
  const { at, actor, route, detail, reason } = access;
  // What the record says is shown as words alone: it was written by this code or an earlier one.
  const reasons = String(detail?.["reasons"] ?? reason ?? "").split(", ");
  return {
    id,
    at,
    sellerId: actor.sellerId,
    by: nameOf({ actor }),
    route,
    reasons: reasons.filter((one): one is Reason => one !== ""),
    places: Number(detail?.["places"] ?? 0),
  };
}

function readPlace(after: string): number {
  const place = Number(after);
  if (Number.isSafeInteger(place) && place >= 1) return place;
  throw refuseMember("after", "the next of the page before");
}
