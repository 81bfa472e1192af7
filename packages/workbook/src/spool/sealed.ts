import { Readable } from "node:stream";
import { GarimError } from "@garim/policy";
import type { Closed } from "../seal/file-maker.ts";
import type { Spool } from "./spool.ts";

/** Under this id the body lies. */
export function bodyOf(id: string): string {
  return `${id}.body`;
}

/** Under this id what stands around it, made last: without it there is no file. */
export function endsOf(id: string): string {
  return `${id}.ends`;
}

/** The ends as they are kept: length of the tail, tail, head. */
export function* writeEnds({ head, tail }: Pick<Closed, "head" | "tail">): Generator<Uint8Array> {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(tail.length);
  yield Buffer.concat([length, tail]);
  yield* head;
}

/**
 * Opens a sealed file for reading from its beginning: what a client gets. It is ciphertext.
 *
 * The stream fails with GarimError `ERR_GARIM_WORKBOOK_SPOOL` where the spool has no whole file of that id.
 */
export function openSealed(spool: Spool, id: string): Readable {
  return Readable.from(readSealed(spool, id), { objectMode: false });
}

/** Removes a file, whole or not, and also one whose maker's process is gone. That there is none is no error. */
export async function removeSealed(spool: Spool, id: string): Promise<void> {
  // The ends first: what is left without them is no file.
  await spool.remove(endsOf(id));
  await spool.remove(bodyOf(id));
}

async function* readSealed(spool: Spool, id: string): AsyncGenerator<Uint8Array> {
  try {
    const tail = yield* readEnds(await spool.open(endsOf(id)));
    yield* await spool.open(bodyOf(id));
    if (tail.length > 0) yield tail;
  } catch (error) {
    throw unreadable(error);
  }
}

/** Gives the head, piece by piece. @returns the tail */
async function* readEnds(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  try {
    const length = await takeBytes(pieces, new Uint8Array(0), 4);
    const end = 4 + Buffer.from(length).readUInt32LE();
    const all = await takeBytes(pieces, length, end);
    if (all.length > end) yield all.subarray(end);
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
    return all.subarray(4, end);
  } finally {
    // A reader that goes away leaves no file open.
    await pieces.return?.();
  }
}

async function takeBytes(
  pieces: AsyncIterator<Uint8Array>,
  had: Uint8Array,
  atLeast: number,
): Promise<Uint8Array> {
  let all = had;
  while (all.length < atLeast) {
    const { value, done } = await pieces.next();
    if (done) throw new Error("the file's ends are cut off");
    all = Buffer.concat([all, value]);
  }
  return all;
}

function unreadable(cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_WORKBOOK_SPOOL",
    "The spool has no whole file of this id: it was not finished, was removed, or lies in a spool this node does not reach. Ask for a new one.",
    cause,
  );
}
