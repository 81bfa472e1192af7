import { type LogDatabase, queryTexts } from "../database.ts";
import { type Checkpoint, parseCheckpoint } from "../note/checkpoint.ts";
import { parseNote } from "../note/note.ts";

/** A signed checkpoint as it is stored; nothing in it was verified. */
export interface StoredCheckpoint {
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

/**
 * Which checkpoint a proof leads to: the `newest`; the `first` that covers the record, which says most about when; or the one of
 * so many batches.
 */
export type CheckpointChoice = "newest" | "first" | number;

const NEWEST = "select note from garim.log_checkpoint order by no desc limit 1";
const FIRST = `select note from garim.log_checkpoint where size >= $1::text::bigint order by size, no limit 1`;
const OF_SIZE = `select note from garim.log_checkpoint where size = $1::text::bigint order by no limit 1`;

/**
 * Finds a checkpoint.
 *
 * @param least - batches that it must cover
 * @returns `undefined` where there is none so large
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where what is stored is none
 */
export async function findCheckpoint(
  database: LogDatabase,
  choice: CheckpointChoice,
  least: number,
): Promise<StoredCheckpoint | undefined> {
  const [row] = await ask(database, choice, least);
  const note = row?.["note"] ?? undefined;
  const found = note === undefined ? undefined : readCheckpoint(note);
  return found !== undefined && found.checkpoint.size >= least ? found : undefined;
}

function ask(database: LogDatabase, choice: CheckpointChoice, least: number): ReturnType<typeof queryTexts> {
  if (choice === "newest") return queryTexts(database, NEWEST);
  if (choice === "first") return queryTexts(database, FIRST, [String(least)]);
  return queryTexts(database, OF_SIZE, [String(choice)]);
}

/**
 * Reads a signed checkpoint and verifies no signature.
 *
 * @throws GarimError `ERR_GARIM_PROOF_INVALID`
 */
export function readCheckpoint(note: string): StoredCheckpoint {
  return { note, checkpoint: parseCheckpoint(parseNote(Buffer.from(note)).text) };
}
