import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isGarimError } from "@garim/policy";
import type { CheckpointPlace } from "./place.ts";
import { formatSealed, parseSealed, type Sealed } from "./sealed.ts";

const NAME = /^checkpoints-\d{4}-\d{2}\.ndjson$/;

/**
 * Keeps checkpoints in a folder, one file of lines a month, each write on disk before it counts. The folder belongs on another
 * machine's disk or on a volume that only takes appends; beside the database it proves nothing to anybody who has both.
 *
 * @param folder - made where it is missing
 * @param clock - UTC milliseconds; names the file
 */
export function filePlace(folder: string, clock: () => number = Date.now): CheckpointPlace {
  return {
    name: `file:${folder}`,
    write: (parts) => append(folder, clock(), parts),
    latest: () => findLatest(folder),
    read: () => readAll(folder),
  };
}

async function append(folder: string, now: number, parts: readonly Sealed[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const month = new Date(now).toISOString().slice(0, 7);
  const file = await open(join(folder, `checkpoints-${month}.ndjson`), "a+", 0o640);
  try {
    const lines = parts.map((part) => `${formatSealed(part)}\n`).join("");
    await file.appendFile((await isTorn(file)) ? `\n${lines}` : lines);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** A process that died while it wrote leaves a line without its end; the next one must not continue it. */
async function isTorn(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}

async function* readAll(folder: string): AsyncGenerator<Sealed> {
  for (const name of await listFiles(folder)) yield* readFile(join(folder, name));
}

/** A line that was never finished is passed over: what it held was sent again. */
async function* readFile(path: string): AsyncGenerator<Sealed> {
  for await (const line of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const sealed = tryParse(line);
    if (sealed !== undefined) yield sealed;
  }
}

function tryParse(line: string): Sealed | undefined {
  try {
    return parseSealed(line);
  } catch (error) {
    if (isGarimError(error)) return undefined;
    throw error;
  }
}

async function findLatest(folder: string): Promise<string | undefined> {
  for (const name of (await listFiles(folder)).reverse()) {
    let latest: string | undefined;
    for await (const { note } of readFile(join(folder, name))) latest = note ?? latest;
    if (latest !== undefined) return latest;
  }
  return undefined;
}

/** By their names, and so by their months. */
async function listFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => NAME.test(name)).sort();
}
