import { GarimError, isGarimError } from "@garim/policy";
import type { Access, LoggedAccess, Receipt } from "./access.ts";
import { readAccess } from "./access-check.ts";
import type { Found } from "./ask/entry.ts";
import type { LogFilter, Scope } from "./ask/filter.ts";
import type { Page, PageRequest } from "./ask/page.ts";
import { LogQueries } from "./ask/queries.ts";
import type { LogReader } from "./ask/reader.ts";
import { Counter } from "./chart/counter.ts";
import type { Counted } from "./chart/hour-count.ts";
import type { LogRow } from "./commit/batch.ts";
import { type BatchForm, findBatchForm } from "./commit/batch-form.ts";
import { GroupCommit } from "./commit/group-commit.ts";
import { type LogDatabase, queryTexts, sqlStateOf } from "./database.ts";
import type { Asker } from "./desk/asker.ts";
import { type AuditorDesk, openDesk } from "./desk/desk.ts";
import { ReadPlaces } from "./desk/replica.ts";
import type { LogHealth } from "./log-health.ts";
import { type AccessLogOptions, type ResolvedLogOptions, resolveOptions } from "./options.ts";
import { Forwarder } from "./pass-on/forwarder.ts";
import { loggedAccess } from "./pass-on/logged-access.ts";
import { type RecordListeners, tellerOf } from "./pass-on/teller.ts";
import { Pseudonyms } from "./pseudonym.ts";
import { makeRecordId } from "./record/id.ts";
import { encodeStored } from "./record/leaf.ts";
import { type Refusal, Tally } from "./refusals.ts";
import { Sealer } from "./seal/sealer.ts";
import { migrate } from "./tables/migration.ts";
import { coverMonths } from "./tables/months.ts";

/** The access log (접속기록). */
export interface AccessLog extends LogReader {
  /**
   * Records an access. Nothing of the answer may leave before this resolves.
   *
   * @returns the record's place and id, once it is durable
   * @throws GarimError `ERR_GARIM_LOG_UNAVAILABLE`, `ERR_GARIM_LOG_BUSY` (queue full, or too slow): each is counted and one
   *   `gap` record follows; `ERR_GARIM_LOG_CLOSED`; `ERR_GARIM_RECORD_INVALID`
   */
  append(access: Access): Promise<Receipt>;

  /** Where somebody asks the log, each question on record before its answer. For whatever is answered to a person. */
  desk(asker: Asker): AuditorDesk;

  /**
   * Counts an anonymous refusal. An origin takes one `refusals` record a minute, a thousand origins at most are told apart; while
   * the log cannot be written they count on.
   */
  countRefusal(refusal: Refusal): void;

  /** How the log is doing, as this node knows; asks nothing. */
  health(): LogHealth;

  /** Refuses further records, writes what waits and what is counted, and resolves. The database stays open: it is the host's. */
  close(): Promise<void>;
}

const FLUSH_MS = 60_000;
/** A process may run for months: the partition of the month that comes is made ahead again and again. */
const COVER_MS = 6 * 3_600_000;

/**
 * Opens the access log in a database, and makes or updates its tables (schema `garim`).
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_KEYS_MISSING`, `ERR_GARIM_KEYS_INVALID`,
 *   `ERR_GARIM_DATABASE` (does not answer, refuses the tables, or in production does not write to disk),
 *   `ERR_GARIM_SCHEMA_VERSION` (tables of a newer version)
 * @source notice-2026-9/8-1
 */
export async function createAccessLog(options: AccessLogOptions): Promise<AccessLog> {
  const resolved = resolveOptions(options);
  const pseudonyms = new Pseudonyms(resolved.keys, resolved.clock);
  return new DatabaseLog(resolved, pseudonyms, await prepare(resolved));
}

/** @returns how batches are handed to this database */
async function prepare({ database, production }: ResolvedLogOptions): Promise<BatchForm> {
  try {
    if (production) await checkDurable(database);
    await migrate(database);
    await coverMonths(database);
    return await findBatchForm(database);
  } catch (error) {
    throw isGarimError(error) ? error : databaseFault(error);
  }
}

async function checkDurable(database: LogDatabase): Promise<void> {
  const [row] = await queryTexts(database, "select current_setting('fsync') as fsync");
  if (row?.["fsync"] === "on") return;
  throw new GarimError(
    "ERR_GARIM_DATABASE",
    "The database runs with fsync = off: a power cut loses records it called durable. Set fsync = on in postgresql.conf; PGlite cannot, so in production give createAccessLog({ database: new Pool(...) })",
  );
}

function databaseFault(error: unknown): GarimError {
  const code = sqlStateOf(error);
  return new GarimError(
    "ERR_GARIM_DATABASE",
    `The database of the access log does not answer or refuses its tables${code === undefined ? "" : ` (${code})`}; see cause. Check the connection, and let this user create the schema garim or run the SQL of migrations once as its owner`,
    error,
  );
}

/** A record on its way: its row, and how the log will hold it, for whom it is passed on to. */
interface Encoded {
  readonly id: string;
  readonly row: LogRow;
  readonly logged: () => LoggedAccess;
}

class DatabaseLog implements AccessLog {
  readonly #pseudonyms: Pseudonyms;
  readonly #queries: LogQueries;
  readonly #commit: GroupCommit;
  readonly #tally: Tally;
  readonly #clock: () => number;
  readonly #onFault: (error: GarimError) => void;
  readonly #places: ReadPlaces;
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #sealer: Sealer | undefined;
  readonly #counter: Counter;
  readonly #forwarder: Forwarder | undefined;
  readonly #listeners: RecordListeners;
  #closing: Promise<void> | undefined;

  constructor(options: ResolvedLogOptions, pseudonyms: Pseudonyms, form: BatchForm) {
    const { database, replica, clock, queueLimit, timeoutMs, seal, sinks } = options;
    this.#clock = clock;
    this.#pseudonyms = pseudonyms;
    this.#queries = new LogQueries(database, pseudonyms);
    this.#onFault = shielded(options.onFault);
    this.#places = new ReadPlaces(
      this.#queries,
      replica && {
        database: replica,
        reader: new LogQueries(replica, pseudonyms),
        onFault: (error) => this.#onFault(replicaFault(error)),
      },
    );
    const forwarder = sinks.length === 0 ? undefined : new Forwarder({ sinks, onFault: this.#onFault });
    this.#forwarder = forwarder;
    this.#listeners = {
      onEntry: forwarder && ((entry) => forwarder.offer({ ...entry, recordedAt: clock() })),
      onRecord: options.onRecord && shielded(options.onRecord),
      onAccess: options.onAccess && shielded(options.onAccess),
    };
    this.#tally = new Tally({ clock, append: (access) => this.#write(access) });
    const onIdle = (): void => this.#recordGap();
    this.#commit = new GroupCommit({ database, form, queueLimit, timeoutMs, onFault: this.#onFault, onIdle });
    const cover = (): void => void coverMonths(database).catch(() => undefined);
    this.#timers = [
      setInterval(() => this.#tally.flush(), FLUSH_MS).unref(),
      // An append makes a month that is missing, so a failure is made up for.
      setInterval(cover, COVER_MS).unref(),
    ];
    this.#sealer = seal && new Sealer({ ...seal, database, clock, onFault: this.#onFault });
    this.#counter = new Counter(database);
  }

  async append(access: Access): Promise<Receipt> {
    if (this.#closing !== undefined) throw closedFault();
    return this.#write(access).catch((error) => {
      if (isGarimError(error) && error.code !== "ERR_GARIM_RECORD_INVALID") this.#tally.countLost();
      throw error;
    });
  }

  find(filter: LogFilter, page?: PageRequest): Promise<Page> {
    return this.#queries.find(filter, page);
  }

  walk(filter: LogFilter): AsyncIterable<Found> {
    return this.#queries.walk(filter);
  }

  count(filter: LogFilter, before?: number): Promise<Counted> {
    return this.#queries.count(filter, before);
  }

  within(scope: Scope): LogReader {
    return this.#queries.within(scope);
  }

  desk(asker: Asker): AuditorDesk {
    const append = (access: Access): Promise<Receipt> => this.append(access);
    return openDesk(
      { append, places: this.#places, pseudonyms: this.#pseudonyms, clock: this.#clock },
      asker,
    );
  }

  countRefusal(refusal: Refusal): void {
    if (this.#closing === undefined) this.#tally.countRefusal(refusal);
    else this.#onFault(closedFault());
  }

  health(): LogHealth {
    const { refusedMsAgo, waiting } = this.#commit;
    return { refusedMsAgo, waiting, lost: this.#tally.lost, seal: this.#sealer?.status ?? null };
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#commit.settled();
    await this.#tally.flush();
    if (this.#tally.count > 0) this.#onFault(lostFault(this.#tally.count));
    await Promise.all([this.#sealer?.close(), this.#forwarder?.close(), this.#counter.close()]);
  }

  /** Once the log takes records again, the gap is one of them. */
  #recordGap(): void {
    if (this.#tally.hasGap) void this.#tally.flushGap();
  }

  /**
   * While the row waits to be durable, no more of the access is kept than listeners want: what waits survives until it is moved to the
   * old generation, and a page's judged records are most of what a guarded request makes.
   */
  async #write(access: Access): Promise<Receipt> {
    const { id, row, logged } = this.#rowOf(access);
    const tell = tellerOf(this.#listeners, { id, access, logged });
    return this.#commit.append(row).then((seq) => {
      const receipt = { seq, id };
      tell(receipt);
      return receipt;
    });
  }

  #rowOf(access: Access): Encoded {
    try {
      const checked = readAccess(access);
      const id = makeRecordId(checked.at);
      return this.#encode(id, checked);
    } catch (error) {
      throw isGarimError(error) ? error : shapelessFault(error);
    }
  }

  #encode(id: string, access: Access): Encoded {
    const maker = this.#pseudonyms.maker();
    const { at, actor, session, origin, action, outcome, purpose, target, records, asked = [] } = access;
    const pseudonyms: string[] = [];
    for (const record of records)
      for (const subject of record.subjects) pseudonyms.push(maker.pseudonym(subject));
    for (const subject of asked) pseudonyms.push(maker.pseudonym(subject));
    const { body, subjects, leaf } = encodeStored(id, access, maker.keyId, pseudonyms);
    const row: LogRow = {
      at,
      kind: actor.kind,
      actor: actor.id,
      seller: actor.sellerId,
      session,
      ip: origin.ip,
      action,
      outcome,
      purpose,
      target: target?.id ?? null,
      key: access.key ?? null,
      subjects,
      body,
      leaf,
    };
    return { id, row, logged: () => loggedAccess(access, pseudonyms, maker.keyId) };
  }
}

/** A host's listener that throws must not stop the log. */
function shielded<T>(listen: (told: T) => void): (told: T) => void {
  return (told) => {
    try {
      listen(told);
    } catch {
      // What a listener does with what it is told is its own affair.
    }
  };
}

function shapelessFault(error: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_RECORD_INVALID",
    "An access cannot be recorded: it is not of the shape of the type Access (see cause)",
    error,
  );
}

function closedFault(): GarimError {
  return new GarimError(
    "ERR_GARIM_LOG_CLOSED",
    "The access log is closed; close it only when no request is answered any more",
  );
}

function replicaFault(cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_DATABASE",
    "The replica for auditors' questions cannot be asked (see cause); the log's own database answers instead. Check that the replica runs, follows, and lets this user read the schema garim",
    cause,
  );
}

function lostFault(count: number): GarimError {
  return new GarimError(
    "ERR_GARIM_LOG_UNAVAILABLE",
    `The access log was closed while it could not be written: ${count} refused answers are not on record`,
  );
}
