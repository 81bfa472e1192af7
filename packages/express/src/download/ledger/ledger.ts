import { stateUnavailable } from "@garim/auth";
import type { DayVolume, DownloadVolumeFacts, Reason } from "@garim/policy";
import type { Database } from "../../start/database.ts";
import {
  type DownloadAsked,
  type DownloadCounts,
  type DownloadEntry,
  type DownloadFile,
  ENTRY_COLUMNS,
  readEntry,
} from "./entry.ts";
import { migrateLedger } from "./tables.ts";

/** Whose downloads. */
export interface StaffOfSeller {
  readonly seller: string;
  readonly staff: string;
}

/** How long a finished file waits, and by when it is to be destroyed. UTC milliseconds. */
export interface FileTimes {
  readonly endedAt: number;
  readonly linkUntil: number;
  readonly destroyBy: number;
}

/**
 * The ledger of downloads: every file that was asked for, and where it stands. What moves an entry on does so only from the state it has
 * to be in, so of two nodes one does it.
 *
 * Every method rejects with GarimError `ERR_GARIM_STATE_UNAVAILABLE` while the database fails.
 *
 * @source notice-2026-9/12
 */
export interface Ledger {
  find(id: string): Promise<DownloadEntry | undefined>;
  /** The newest first; of one person where one is named. */
  list(
    of: { readonly seller: string; readonly staff?: string },
    limit: number,
  ): Promise<readonly DownloadEntry[]>;
  /** What left, or is about to, since a moment. */
  volume(of: StaffOfSeller, since: number): Promise<DownloadVolumeFacts>;
  /** Keeps an ask that a second person has to agree to. */
  wait(asked: DownloadAsked): Promise<DownloadEntry>;
  /** Says whether somebody agrees. @returns nothing where it no longer waits */
  decide(
    id: string,
    by: { readonly approver: string; readonly agrees: boolean; readonly at: number; readonly until: number },
  ): Promise<DownloadEntry | undefined>;
  /**
   * Begins a file; one that was agreed to takes the place of its ask.
   *
   * @param link - SHA-256 of what fetches it
   * @returns nothing where the person has another under way, or the consent is used or over
   */
  begin(asked: DownloadAsked, link: string, isApproved: boolean): Promise<DownloadEntry | undefined>;
  /** Says how far it is. @returns whether it is still to go on */
  progress(id: string, counts: DownloadCounts, at: number): Promise<boolean>;
  /** The file is whole. @returns whether it still was under way */
  finish(id: string, counts: DownloadCounts, file: DownloadFile, times: FileTimes): Promise<boolean>;
  /**
   * There will be no file; where it was too large for one person to decide about, unless somebody agrees (`waiting`).
   *
   * @returns whether it still was under way
   */
  end(id: string, state: "failed" | "cancelled" | "waiting", reason: Reason, at: number): Promise<boolean>;
  /** Takes the one time a file is fetched. @returns nothing where it is not there, not any more, or for another link or session */
  claim(id: string, link: string, session: string, at: number): Promise<DownloadEntry | undefined>;
  /** Gives it back: nothing left. */
  unclaim(id: string): Promise<void>;
  /** Says that a file was destroyed. @returns whether there was one to be */
  confirmDestroyed(id: string, by: string, at: number): Promise<boolean>;
  /** Ends what waits for nobody any more: files nobody fetched, and those of nodes that went silent. */
  sweep(now: number, silentSince: number, alive: readonly string[]): Promise<readonly DownloadEntry[]>;
  /** Files that should have been destroyed and are not, each once in a while: those this call is the first to name. */
  overdue(now: number, remindedBefore: number): Promise<readonly DownloadEntry[]>;
}

/** States whose rows are out, or about to be. */
const COUNTED = "('running', 'ready', 'fetched')";

const STATEMENTS = {
  find: `select ${ENTRY_COLUMNS} from garim.download d where d.id = $1::uuid`,
  list: `select ${ENTRY_COLUMNS} from garim.download d
    where d.seller = $1 and ($2::text is null or d.staff = $2) order by d.asked_at desc, d.id limit $3::integer`,
  volume: `select coalesce(sum(d.rows), 0)::text as seller_rows, coalesce(sum(d.subjects), 0)::text as seller_subjects,
      coalesce(sum(d.rows) filter (where d.staff = $2), 0)::text as staff_rows,
      coalesce(sum(d.subjects) filter (where d.staff = $2), 0)::text as staff_subjects
    from garim.download d where d.seller = $1 and d.asked_at >= $3::bigint and d.state in ${COUNTED}`,
  insert: `insert into garim.download as d (id, state, seller, staff, session, route, schema, purpose, why, fields, filter, format, ask,
      expected, asked_at, beat_at, link)
    values ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::bigint, $15::bigint, $15::bigint, $16)
    returning ${ENTRY_COLUMNS}`,
  decide: `update garim.download d set state = $2, approver = $3, approved_at = $4::bigint, approval_until = $5::bigint
    where d.id = $1::uuid and d.state = 'waiting' returning ${ENTRY_COLUMNS}`,
  beginApproved: `update garim.download d set state = 'running', reason = null, ended_at = null, rows = 0, masked = 0, withheld = 0, subjects = 0, session = $5, asked_at = $6::bigint, beat_at = $6::bigint, link = $7
    where d.id = $1::uuid and d.state = 'approved' and d.seller = $2 and d.staff = $3 and d.ask = $4 and d.approval_until >= $6::bigint
    returning ${ENTRY_COLUMNS}`,
  progress: `update garim.download d set rows = $2::bigint, masked = $3::bigint, withheld = $4::bigint, subjects = $5::bigint, beat_at = $6::bigint
    where d.id = $1::uuid and d.state = 'running' returning d.id::text as id`,
  finish: `update garim.download d set state = 'ready', rows = $2::bigint, masked = $3::bigint, withheld = $4::bigint, subjects = $5::bigint,
      sha256 = $6, size_bytes = $7::bigint, ended_at = $8::bigint, link_until = $9::bigint, destroy_by = $10::bigint
    where d.id = $1::uuid and d.state = 'running' returning d.id::text as id`,
  end: `update garim.download d set state = $2, reason = $3, ended_at = $4::bigint, link = null,
      expected = case when $2 = 'waiting' then null else d.expected end
    where d.id = $1::uuid and d.state = 'running' returning d.id::text as id`,
  claim: `update garim.download d set state = 'fetched', fetched_at = $4::bigint
    where d.id = $1::uuid and d.state = 'ready' and d.link = $2 and d.session = $3 and d.link_until >= $4::bigint
    returning ${ENTRY_COLUMNS}`,
  unclaim: `update garim.download d set state = 'ready', fetched_at = null
    where d.id = $1::uuid and d.state = 'fetched' returning d.id::text as id`,
  destroyed: `update garim.download d set destroyed_at = $3::bigint, destroyed_by = $2
    where d.id = $1::uuid and d.state = 'fetched' and d.destroyed_at is null returning d.id::text as id`,
  sweep: `update garim.download d set ended_at = $1::bigint, link = null,
      reason = case when d.state = 'running' then 'download-interrupted' else 'download-link-ended' end,
      state = case when d.state = 'running' then 'failed' else 'expired' end
    where (d.state = 'ready' and d.link_until < $1::bigint)
      or (d.state = 'running' and d.beat_at < $2::bigint and not d.id = any($3::text[]::uuid[]))
    returning ${ENTRY_COLUMNS}`,
  overdue: `update garim.download d set reminded_at = $1::bigint
    where d.fetched_at is not null and d.destroyed_at is null and d.destroy_by < $1::bigint
      and (d.reminded_at is null or d.reminded_at < $2::bigint)
    returning ${ENTRY_COLUMNS}`,
} as const;

/** A person with a file under way begins no other. */
const TAKEN = "23505";

/** Opens the ledger in the host's database, and makes its table. */
export async function openLedger(database: Database): Promise<Ledger> {
  await migrateLedger(database);

  async function ask(text: string, values: readonly unknown[]): Promise<readonly unknown[]> {
    try {
      return (await database.query(text, [...values])).rows;
    } catch (cause) {
      throw stateUnavailable(
        "The table of downloads could not be read or written. Check that the database answers, and that its user may read and write schema garim.",
        cause,
      );
    }
  }

  /** A reply that belongs to another question names another download. */
  async function askOne(
    text: string,
    id: string,
    more: readonly unknown[] = [],
  ): Promise<DownloadEntry | undefined> {
    const [row] = await ask(text, [id, ...more]);
    if (row === undefined) return undefined;
    const entry = readEntry(row);
    if (entry.id === id) return entry;
    throw mixedUp();
  }

  async function move(text: string, id: string, more: readonly unknown[]): Promise<boolean> {
    const [row] = (await ask(text, [id, ...more])) as readonly { readonly id: string }[];
    if (row !== undefined && row.id !== id) throw mixedUp();
    return row !== undefined;
  }

  const insert = (asked: DownloadAsked, state: "waiting" | "running", link: string | null) =>
    askOne(STATEMENTS.insert, asked.id, [
      state,
      asked.seller,
      asked.staff,
      asked.session,
      asked.route,
      asked.schema,
      asked.purpose,
      asked.why,
      JSON.stringify(asked.fields),
      asked.filter,
      asked.format,
      asked.ask,
      asked.expected,
      asked.askedAt,
      link,
    ]);

  return {
    find: (id) => askOne(STATEMENTS.find, id),

    async list({ seller, staff }, limit) {
      const entries = (await ask(STATEMENTS.list, [seller, staff ?? null, limit])).map(readEntry);
      if (entries.some((entry) => entry.seller !== seller)) throw mixedUp();
      return entries;
    },

    async volume({ seller, staff }, since) {
      const [row] = (await ask(STATEMENTS.volume, [seller, staff, since])) as readonly Record<
        string,
        string
      >[];
      const volume = (whose: "staff" | "seller"): DayVolume => ({
        rows: Number(row?.[`${whose}_rows`]),
        subjects: Number(row?.[`${whose}_subjects`]),
      });
      return { staff: volume("staff"), seller: volume("seller") };
    },

    async wait(asked) {
      const entry = await insert(asked, "waiting", null);
      if (entry === undefined) throw mixedUp();
      return entry;
    },

    decide: (id, { approver, agrees, at, until }) =>
      askOne(STATEMENTS.decide, id, [agrees ? "approved" : "declined", approver, at, until]),

    async begin(asked, link, isApproved) {
      const { id, seller, staff, session, ask: hash, askedAt } = asked;
      try {
        return isApproved
          ? await askOne(STATEMENTS.beginApproved, id, [seller, staff, hash, session, askedAt, link])
          : await insert(asked, "running", link);
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },

    progress: (id, { rows, masked, withheld, subjects }, at) =>
      move(STATEMENTS.progress, id, [rows, masked, withheld, subjects, at]),

    finish: (id, { rows, masked, withheld, subjects }, { sha256, sizeBytes }, times) =>
      move(STATEMENTS.finish, id, [
        rows,
        masked,
        withheld,
        subjects,
        sha256,
        sizeBytes,
        times.endedAt,
        times.linkUntil,
        times.destroyBy,
      ]),

    end: (id, state, reason, at) => move(STATEMENTS.end, id, [state, reason, at]),

    claim: (id, link, session, at) => askOne(STATEMENTS.claim, id, [link, session, at]),

    async unclaim(id) {
      await move(STATEMENTS.unclaim, id, []);
    },

    confirmDestroyed: (id, by, at) => move(STATEMENTS.destroyed, id, [by, at]),

    sweep: async (now, silentSince, alive) =>
      (await ask(STATEMENTS.sweep, [now, silentSince, alive])).map(readEntry),

    overdue: async (now, remindedBefore) =>
      (await ask(STATEMENTS.overdue, [now, remindedBefore])).map(readEntry),
  };
}

function isTaken(error: unknown): boolean {
  const { cause } = (error ?? {}) as { readonly cause?: { readonly code?: unknown } };
  return cause?.code === TAKEN;
}

function mixedUp(): Error {
  return stateUnavailable(
    "The database client handed out the reply to another question about downloads, so it was not used. Restart this node's database connections, and report the client library.",
  );
}
