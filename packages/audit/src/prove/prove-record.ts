import { isGarimError } from "@garim/policy";
import type { LogDatabase } from "../database.ts";
import { TreeStore } from "../seal/tree-store.ts";
import type { Bundle } from "./bundle.ts";
import { damaged, noRecord, notCovered, unavailable } from "./fault.ts";
import {
  type CheckpointChoice,
  findCheckpoint,
  readCheckpoint,
  type StoredCheckpoint,
} from "./find-checkpoint.ts";
import { checkReference, findRecord, type StoredRecord } from "./find-record.ts";
import { gather } from "./gather.ts";

/** Which record is to be proved, and up to which checkpoint. */
export interface ProofRequest {
  /** Its id (a UUID), or its place in the log, from 1. */
  readonly record: string | number;
  /** The newest unless given. */
  readonly checkpoint?: CheckpointChoice;
  /** An older signed checkpoint that the reader has: the bundle shows that the log goes on from it. */
  readonly since?: string;
}

/**
 * Proves a record: gathers what `checkBundle` needs, in a few queries that read O(log n) rows beside the record's own batch.
 *
 * The signature is not looked at, for it takes the public key; everything below it is, so that no bundle leaves that could not
 * be checked.
 *
 * @throws GarimError `ERR_GARIM_QUERY_INVALID` (neither an id nor a place, no such record, no checkpoint that covers it yet),
 *   `ERR_GARIM_PROOF_INVALID` (the record or the tree in the database was changed, the log does not go on from `since`),
 *   `ERR_GARIM_RECORD_INVALID` (its bytes are no record), `ERR_GARIM_LOG_UNAVAILABLE`
 * @source RFC 9162 sections 2.1.3 and 2.1.4
 */
export async function proveRecord(database: LogDatabase, request: ProofRequest): Promise<Bundle> {
  const reference = checkReference(request.record);
  const past = request.since === undefined ? undefined : readCheckpoint(request.since);
  const guarded = guard(database);
  const record = await findRecord(guarded, reference);
  if (record === undefined) throw noRecord(request.record);
  const newer = await readCovering(guarded, request, record, past);
  try {
    return await gather(new TreeStore(guarded), { record, newer, past });
  } catch (error) {
    // Numbers that no log has: somebody wrote them there.
    throw isGarimError(error) ? error : damaged(record.seq, "numbers of its batch are out of range");
  }
}

/** The database, whose errors say what to do. */
function guard(database: LogDatabase): LogDatabase {
  return {
    query: async (text, values) => {
      try {
        return await database.query(text, values);
      } catch (error) {
        throw unavailable(error);
      }
    },
  };
}

async function readCovering(
  database: LogDatabase,
  { checkpoint = "newest" }: ProofRequest,
  { seq, batchNo }: StoredRecord,
  past: StoredCheckpoint | undefined,
): Promise<StoredCheckpoint> {
  const least = Math.max(batchNo, past?.checkpoint.size ?? 0);
  const newer = await findCheckpoint(database, checkpoint, least);
  if (newer === undefined) throw notCovered(seq, least, checkpoint);
  return newer;
}
