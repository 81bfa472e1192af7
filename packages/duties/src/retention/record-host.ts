import type { KeptRecord } from "@garim/policy";
import { dutiesUnavailable } from "../store/database.ts";

/** Where a record lies: with data in use, or apart from it (분리 보관). */
export type RecordStore = "used" | "apart";

/** A record of the host, as far as its end is judged. Moments are UTC milliseconds. */
export interface StoredRecord {
  /** What the schema's `line` gives, such as an order line's id, or a name of the host's own: then `lines` says which lines it is of. */
  readonly id: string;
  /** What the schema's `line` gives for its parts, by which tools that read them are called. Left out: its own id. */
  readonly lines?: readonly string[];
  /** When its purpose ended, or will; `null` while nobody knows. */
  readonly purposeEndedAt: number | null;
  /** What another law has kept of it, and since when. */
  readonly keeps: readonly KeptRecord[];
}

/** Which records are wanted, in an order of the host's own that does not change between pages. */
export interface RecordsAsked {
  readonly recordType: string;
  readonly store: RecordStore;
  /**
   * UTC milliseconds, exclusive. In `used`: those whose purpose ended before. In `apart`: those of which something was kept since before
   * (the earliest `since` of `keeps`). More may be given; each is judged.
   */
  readonly before: number;
  /** The `next` of the page before; `null` for the first. */
  readonly after: string | null;
  readonly limit: number;
}

export interface RecordsPage {
  readonly records: readonly StoredRecord[];
  readonly next: string | null;
}

/** What is to be done with some records. */
export interface RecordsDeed {
  readonly recordType: string;
  readonly ids: readonly string[];
  /** The id of the destruction: a host may write it down beside what it did. */
  readonly destruction: string;
}

/** A tool (셀러툴) that has not said that it destroyed what it read of some orders. */
export interface ToolCall {
  readonly toolId: string;
  readonly sellerId: string;
  readonly orderIds: readonly string[];
}

/** The host's own records, which it alone can store apart and destroy. */
export interface RecordHost {
  list(asked: RecordsAsked): RecordsPage | Promise<RecordsPage>;
  /** Moves what another law keeps out of data in use, and destroys the rest. @returns the ids for which that is done */
  separate(deed: RecordsDeed): readonly string[] | Promise<readonly string[]>;
  /** Destroys them wherever they lie, for good. @returns the ids of which nothing is left */
  destroy(deed: RecordsDeed): readonly string[] | Promise<readonly string[]>;
  /** Asks a tool to destroy what it has of these, and to give a receipt. What it rejects is asked again. Without it no tool is called, and whoever asks for it is told so. */
  callTool?(call: ToolCall): unknown;
}

/** What the host gave as a page; what is none is no reason to destroy anything. */
export function checkPage(page: RecordsPage): RecordsPage {
  const { records, next } = page ?? {};
  const isPage = Array.isArray(records) && records.every(isRecord) && (next === null || isText(next));
  if (isPage) return page;
  throw dutiesUnavailable(
    "duties.records.list gave no page, so nothing was destroyed. Return { records: [{ id, purposeEndedAt, keeps }], next }; lines is a list of ids or left out, moments are UTC milliseconds, next is null at the end.",
  );
}

/** The ids the host says it is done with, of those it was asked for. */
export function checkDone(
  name: "separate" | "destroy",
  done: readonly string[],
  asked: readonly string[],
): readonly string[] {
  if (Array.isArray(done)) return asked.filter((id) => done.includes(id));
  throw dutiesUnavailable(
    `duties.records.${name} gave no list of ids, so nobody knows what it did. Return the ids it is done with; the destruction stays open.`,
  );
}

function isRecord(record: StoredRecord): boolean {
  if (typeof record !== "object" || record === null) return false;
  const { id, keeps, lines = [] } = record;
  return isText(id) && Array.isArray(keeps) && Array.isArray(lines) && lines.every(isText);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
