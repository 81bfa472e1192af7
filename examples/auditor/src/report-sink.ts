import { createHash } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { type Found, isDamaged, type LogEntry, type RowSink } from "@garim/audit";

/** What somebody saw at night or at the weekend. */
export interface OffHours {
  readonly actor: string;
  readonly seller: string | null;
  readonly answers: number;
  /** UTC milliseconds. */
  readonly first: number;
}

const HOUR_MS = 3_600_000;
/** Working hours of this marketplace's sellers, Korean time. Put in yours; holidays are not known here. */
const OFFICE = { opens: 7, closes: 21 };

/** A report of every record of the month in one pass, and bounded memory: a row for each person. */
export function reportSink(path: string, write: (offHours: readonly OffHours[]) => string): RowSink {
  const people = new Map<string, OffHours>();
  const part = `${path}.part`;
  return {
    format: "monthly-report",
    write: async (found) => note(found, people),
    finish: async () => {
      const bytes = Buffer.from(write([...people.values()].toSorted((a, b) => b.answers - a.answers)));
      await writeFile(part, bytes, { mode: 0o600 });
      return { sha256: createHash("sha256").update(bytes).digest("hex"), sizeBytes: bytes.length };
    },
    release: () => rename(part, path),
    discard: () => rm(part, { force: true }),
  };
}

function note(found: Found, people: Map<string, OffHours>): void {
  if (isDamaged(found) || !isAnswerToPerson(found) || !isOffHours(found.access.at)) return;
  const { at, actor } = found.access;
  const key = JSON.stringify([actor.kind, actor.id]);
  const { answers, first } = people.get(key) ?? { answers: 0, first: at };
  people.set(key, { actor: actor.id, seller: actor.sellerId, answers: answers + 1, first });
}

function isAnswerToPerson({ access: { outcome, actor } }: LogEntry): boolean {
  return outcome === "disclosed" && actor.kind !== "tool";
}

/** @param at - UTC milliseconds */
export function isOffHours(at: number): boolean {
  const korean = new Date(at + 9 * HOUR_MS);
  const isWeekend = korean.getUTCDay() % 6 === 0;
  return isWeekend || korean.getUTCHours() < OFFICE.opens || korean.getUTCHours() >= OFFICE.closes;
}
