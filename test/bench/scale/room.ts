import { statfs } from "node:fs/promises";

/** What is left free on the disk, whatever is measured. */
const LEAVE_BYTES = 15e9;
/** Over what the rows take: files for sorting while indexes are made, and the write-ahead log. */
const SLACK = 1.3;
/** Bytes a record with its indexes, as long as none was measured. */
export const GUESSED_BYTES = 1_300;

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** What a log of so many records needs, besides what is to be left. */
export function neededBytes(records: number, bytesEach: number): number {
  return Math.ceil(records * bytesEach * SLACK);
}

/** @throws Error that says what is missing */
export async function checkRoom(folder: string, records: number, bytesEach: number): Promise<void> {
  const [free, needed] = [await freeBytes(folder), neededBytes(records, bytesEach)];
  if (free - needed >= LEAVE_BYTES) return;
  throw new Error(
    `${count(records)} records need ${gigabytes(needed)} in ${folder}, and ${gigabytes(LEAVE_BYTES)} must stay free; there are ${gigabytes(free)}`,
  );
}

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
export const count = (records: number): string => records.toLocaleString("en");
