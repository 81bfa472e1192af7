import type { Reason } from "@garim/policy";

/**
 * Where a download stands.
 *
 * `waiting`: a second person has to agree; `approved`, `declined`: they did, or did not; `running`: the file is being made; `ready`: it
 * waits for the one time it is fetched; `fetched`: it has left; `expired`: nobody came; `failed`, `cancelled`: there is none.
 */
export type DownloadState =
  | "waiting"
  | "approved"
  | "declined"
  | "running"
  | "ready"
  | "fetched"
  | "expired"
  | "failed"
  | "cancelled";

/** What somebody asked for. */
export interface DownloadAsked {
  /** A UUID; the mark of the file, too. */
  readonly id: string;
  readonly seller: string;
  readonly staff: string;
  /** The session's name on record. */
  readonly session: string;
  readonly route: string;
  readonly schema: string;
  /** A purpose of the route's list. */
  readonly purpose: string;
  /** Why, in the person's words; personal data scrubbed. */
  readonly why: string;
  readonly fields: readonly string[];
  /** What the rows were narrowed by, as JSON; personal data scrubbed. */
  readonly filter: string;
  readonly format: string;
  /** SHA-256 of everything that was asked for: consent covers the same ask and no other. */
  readonly ask: string;
  /** Rows that would come, as far as the host can tell. */
  readonly expected: number | null;
  readonly askedAt: number;
}

/** How far a file is. */
export interface DownloadCounts {
  /** Rows in the file. */
  readonly rows: number;
  /** Those of them that are masked. */
  readonly masked: number;
  /** Rows that are not in it: their window is over. */
  readonly withheld: number;
  /** Data subjects. */
  readonly subjects: number;
}

/** A file as it left, or would have. */
export interface DownloadFile {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** An entry of the ledger. Moments are UTC milliseconds. */
export interface DownloadEntry extends DownloadAsked, DownloadCounts {
  readonly state: DownloadState;
  /** Why there is no file. */
  readonly reason: Reason | null;
  readonly endedAt: number | null;
  readonly file: DownloadFile | null;
  /** Until when a ready file waits. */
  readonly linkUntil: number | null;
  readonly fetchedAt: number | null;
  /** By when the file that left is to be destroyed. */
  readonly destroyBy: number | null;
  readonly destroyedAt: number | null;
  readonly destroyedBy: string | null;
  readonly approver: string | null;
  readonly approvedAt: number | null;
  readonly approvalUntil: number | null;
}

const COLUMNS = [
  "id",
  "state",
  "reason",
  "seller",
  "staff",
  "session",
  "route",
  "schema",
  "purpose",
  "why",
  "fields",
  "filter",
  "format",
  "ask",
  "expected",
  "rows",
  "masked",
  "withheld",
  "subjects",
  "asked_at",
  "ended_at",
  "link_until",
  "fetched_at",
  "sha256",
  "size_bytes",
  "destroy_by",
  "destroyed_at",
  "destroyed_by",
  "approver",
  "approved_at",
  "approval_until",
] as const;

type Column = (typeof COLUMNS)[number];

/** What every statement that gives entries selects: as text, which no driver and no type parser of a host's changes. */
export const ENTRY_COLUMNS: string = COLUMNS.map((name) => `d.${name}::text as ${name}`).join(", ");

/** Reads a row of {@link ENTRY_COLUMNS}. */
export function readEntry(row: unknown): DownloadEntry {
  const text = row as Readonly<Record<Column, string | null>>;
  const say = (name: Column): string => text[name] ?? "";
  const sha256 = text.sha256;
  return {
    id: say("id"),
    state: say("state") as DownloadState,
    reason: text.reason as Reason | null,
    seller: say("seller"),
    staff: say("staff"),
    session: say("session"),
    route: say("route"),
    schema: say("schema"),
    purpose: say("purpose"),
    why: say("why"),
    fields: JSON.parse(say("fields")) as readonly string[],
    filter: say("filter"),
    format: say("format"),
    ask: say("ask"),
    expected: numberOf(text.expected),
    rows: Number(text.rows),
    masked: Number(text.masked),
    withheld: Number(text.withheld),
    subjects: Number(text.subjects),
    askedAt: Number(text.asked_at),
    endedAt: numberOf(text.ended_at),
    file: sha256 === null ? null : { sha256, sizeBytes: Number(text.size_bytes) },
    linkUntil: numberOf(text.link_until),
    fetchedAt: numberOf(text.fetched_at),
    destroyBy: numberOf(text.destroy_by),
    destroyedAt: numberOf(text.destroyed_at),
    destroyedBy: text.destroyed_by,
    approver: text.approver,
    approvedAt: numberOf(text.approved_at),
    approvalUntil: numberOf(text.approval_until),
  };
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}
