import { type LogDatabase, queryTexts } from "../database.ts";
import { findCheckpoint } from "../prove/find-checkpoint.ts";

const END = "select (first_seq + size - 1)::text as last from garim.log_batch where no = $1::text::bigint";

/**
 * Finds the last record that a checkpoint covers: those after it can be proven in a second, and not before.
 *
 * @returns its place; infinite where nothing is sealed, so that it shows that nothing can be proven
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where the stored checkpoint is none
 */
export async function findSealedEnd(database: LogDatabase): Promise<number> {
  const found = await findCheckpoint(database, "newest", 1);
  if (found === undefined) return Number.POSITIVE_INFINITY;
  const [row] = await queryTexts(database, END, [String(found.checkpoint.size)]);
  return Number(row?.["last"] ?? Number.POSITIVE_INFINITY);
}
