import { setTimeout as pause } from "node:timers/promises";
import { isGarimError } from "@garim/policy";
import { type LogDatabase, queryTexts } from "../database.ts";
import { openCheckpoint } from "../note/checkpoint.ts";
import { parseVerifierKey } from "../note/verifier-key.ts";
import type { CheckpointPlace } from "../seal/place.ts";
import { retentionRefused } from "./fault.ts";

/** What shows that the log is signed, and kept where whoever administers the database cannot write. */
export interface OutsideCopy {
  /** At least one; each must have the record. */
  readonly places: readonly CheckpointPlace[];
  /** Public keys, `name+id+base64`, of all who sign. */
  readonly keys: readonly string[];
  /** Names the log in its checkpoints. */
  readonly origin: string;
}

export interface Waiting extends OutsideCopy {
  readonly database: LogDatabase;
  /** Milliseconds. */
  readonly patienceMs: number;
}

const LOOK_MS = 500;

const BATCH = `select b.no::text, (select size::text from garim.log_sealer) as sealed from garim.log_batch b
  where b.first_seq <= $1::text::bigint order by b.first_seq desc limit 1`;

/**
 * Waits until a record is under a signed checkpoint in every place outside the database.
 *
 * @throws GarimError `ERR_GARIM_RETENTION` where that takes too long: it says what is missing
 */
export async function waitUntilKept(seq: number, waiting: Waiting): Promise<void> {
  const end = performance.now() + waiting.patienceMs;
  for (;;) {
    const missing = await findMissing(seq, waiting);
    if (missing === undefined) return;
    if (performance.now() >= end)
      throw retentionRefused(
        `The record of the destruction (place ${seq}) ${missing}. Nothing was destroyed; see that the log is sealed and its place takes checkpoints, then apply again, which goes on from there`,
      );
    await pause(LOOK_MS);
  }
}

async function findMissing(
  seq: number,
  { database, places, ...trust }: Waiting,
): Promise<string | undefined> {
  const [row] = await queryTexts(database, BATCH, [String(seq)]);
  const batch = Number(row?.["no"] ?? Number.NaN);
  if (!(Number(row?.["sealed"]) >= batch)) return "is under no signed checkpoint yet";
  for (const place of places) {
    const missing = await findMissingAt(place, batch, trust);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

async function findMissingAt(
  place: CheckpointPlace,
  batch: number,
  { keys, origin }: Pick<OutsideCopy, "keys" | "origin">,
): Promise<string | undefined> {
  const note = await place.latest().catch(() => undefined);
  if (note === undefined) return `is not kept at ${place.name} yet, which gives no checkpoint`;
  try {
    const { checkpoint } = openCheckpoint(Buffer.from(note), keys.map(parseVerifierKey), origin);
    return checkpoint.size >= batch ? undefined : `is not kept at ${place.name} yet`;
  } catch (error) {
    if (!isGarimError(error)) throw error;
    return `is not kept at ${place.name}: ${error.message}`;
  }
}
