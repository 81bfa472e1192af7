import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { GarimError, isGarimError } from "@garim/policy";
import { type LogDatabase, queryTexts } from "../database.ts";
import { findCheckpoint } from "../prove/find-checkpoint.ts";
import type { ReviewMonth } from "./month.ts";

/** What a month's sample is drawn by. */
export interface ReviewSeed {
  /** 64 hex digits. */
  readonly seed: string;
  /** Batches under the checkpoint it comes from; 0 where nothing was sealed, and it comes from the month's last batch. */
  readonly size: number;
}

const LAST_BATCH = `select no::text, encode(root, 'hex') as root from garim.log_batch
  where recorded_at < timestamptz '1970-01-01Z' + $1::text::bigint * interval '1 millisecond' order by no desc limit 1`;

/**
 * Finds the seed of a month's sample: from the root of the first checkpoint over all of it. By then every record is fixed, so that
 * nobody can place one outside the sample; and anybody with a copy of that checkpoint gets the same seed.
 *
 * @throws GarimError `ERR_GARIM_LOG_UNAVAILABLE`, `ERR_GARIM_PROOF_INVALID` where the stored checkpoint is none
 */
export async function findSeed(
  database: LogDatabase,
  { month, to }: Pick<ReviewMonth, "month" | "to">,
): Promise<ReviewSeed> {
  try {
    const [batch] = await queryTexts(database, LAST_BATCH, [String(to)]);
    const no = Number(batch?.["no"] ?? 0);
    const found = no === 0 ? undefined : await findCheckpoint(database, "first", no);
    if (found === undefined) return { seed: seedOf(month, batch?.["root"] ?? ""), size: 0 };
    const { root, size } = found.checkpoint;
    return { seed: seedOf(month, Buffer.from(root).toString("hex")), size };
  } catch (error) {
    throw isGarimError(error) ? error : unreadable(error);
  }
}

function seedOf(month: string, root: string): string {
  return createHash("sha256").update(`garim/review-seed/v1\0${month}\0${root}`).digest("hex");
}

function unreadable(error: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_LOG_UNAVAILABLE",
    "The checkpoints of the access log cannot be read (see cause); check that the database runs and lets this user read the schema garim",
    error,
  );
}
