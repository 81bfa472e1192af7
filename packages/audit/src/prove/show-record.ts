import { type Disclosure, explain, isGarimError, type Language, REASONS } from "@garim/policy";
import type { LogEntry } from "../access.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import { accessOfAsker } from "../desk/asker.ts";
import type { OnRecord } from "../desk/desk.ts";
import { decodeRecord } from "../record/decode.ts";
import { replayAll } from "../verify/replay.ts";
import { noRecord, unavailable } from "./fault.ts";
import { checkReference, findRecord, type StoredRecord } from "./find-record.ts";
import type { ProofDesk } from "./prove-on-record.ts";

/** What was decided of one record of an answer. */
export interface RecordDecision {
  readonly schema: string;
  readonly disclosure: Disclosure;
  /** In Korean and English: what was shown, until when, what would lift it, by which rule. */
  readonly words: Readonly<Record<Language, string>>;
}

/** A record with everything in it, its decisions in words. */
export interface ShownRecord {
  readonly entry: LogEntry;
  /** The batch it came with. */
  readonly batch: number;
  /** Why it was refused, or what else the record says by its reason; `null` where it has none. */
  readonly because: Readonly<Record<Language, string>> | null;
  /** One for each record of the answer. */
  readonly decisions: readonly RecordDecision[];
  /** Whether the facts on record and the edition they name come to the same decisions again; `null` where nobody here knows it. */
  readonly isSameAgain: boolean | null;
}

/**
 * Shows one record to somebody. Who asked stands on record before anything is read (`log-query`).
 *
 * @throws GarimError `ERR_GARIM_QUERY_INVALID` (neither an id nor a place, no such record that the asker may see),
 *   `ERR_GARIM_RECORD_INVALID` (its bytes are no record), and as `append` does
 */
export async function showRecord(
  { log, database, asker, clock = Date.now }: ProofDesk,
  record: string | number,
): Promise<ShownRecord & OnRecord> {
  const reference = checkReference(record);
  const detail = { verb: "record", record: String(record) };
  const receipt = await log.append(accessOfAsker(asker, { action: "log-query", detail }, clock()));
  const { stored, at } = await read(database, reference);
  const shown = stored === undefined ? undefined : openRecord(stored, at);
  const sellerId = asker.within?.sellerId;
  if (shown === undefined || (sellerId !== undefined && shown.entry.access.actor.sellerId !== sellerId))
    throw noRecord(record);
  return { ...shown, record: receipt };
}

async function read(
  database: LogDatabase,
  reference: ReturnType<typeof checkReference>,
): Promise<{ readonly stored: StoredRecord | undefined; readonly at: number }> {
  try {
    const stored = await findRecord(database, reference);
    const [row] = await queryTexts(
      database,
      "select (extract(epoch from recorded_at) * 1000)::bigint::text as at from garim.log_batch where no = $1::text::bigint",
      [String(stored?.batchNo ?? 0)],
    );
    return { stored, at: Number(row?.["at"] ?? 0) };
  } catch (error) {
    throw isGarimError(error) ? error : unavailable(error);
  }
}

function openRecord(stored: StoredRecord, recordedAt: number): ShownRecord {
  const { seq, body, subjects, batchNo } = stored;
  const entry: LogEntry = { seq, recordedAt, ...decodeRecord(body, subjects) };
  const { reason, records } = entry.access;
  const { differences, unknown } = replayAll([stored]);
  return {
    entry,
    batch: batchNo,
    because: reason === null ? null : REASONS[reason].because,
    decisions: records.map(({ schema, disclosure }) => ({
      schema,
      disclosure,
      words: { ko: explain(disclosure, "ko"), en: explain(disclosure, "en") },
    })),
    isSameAgain: unknown.length > 0 || records.length === 0 ? null : differences.length === 0,
  };
}
