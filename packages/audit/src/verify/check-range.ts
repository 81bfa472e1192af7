import type { LogDatabase } from "../database.ts";
import { type ExactRow, readExactly } from "./exact.ts";
import type { CheckedRow, RangeReport, RangeTask } from "./range.ts";
import { type Replayable, replayAll } from "./replay.ts";
import { readSwiftly, type SwiftRow } from "./swift.ts";

/** More rows at one range's places than this are not all looked at. */
const MOST_ROWS = 100_000;

/**
 * Reads the records of a range from the database, hashes their bytes again and compares them with what was authenticated.
 * Everything the answer says of a record comes from its bytes.
 */
export async function checkRange(database: LogDatabase, task: RangeTask): Promise<RangeReport> {
  const { same, bytes } = await readSwiftly(database, task);
  if (same !== undefined) {
    const replayed = task.isReplay ? replayAll(same.rows.map(replayable)) : undefined;
    return { rows: undefined, leaves: same.leaves, bytes, replayed };
  }
  return checkExactly(database, task);
}

async function checkExactly(database: LogDatabase, task: RangeTask): Promise<RangeReport> {
  const rows: ExactRow[] = [];
  let bytes = 0;
  for await (const row of readExactly(database, task.table, task.first, task.last)) {
    bytes += row.body.length + 16 * row.subjects.length;
    rows.push(row);
    if (rows.length >= MOST_ROWS) break;
  }
  const replayed = task.isReplay ? replayAll(rows) : undefined;
  return { rows: rows.map(withoutBytes), bytes, replayed };
}

function withoutBytes({ body: _body, subjects: _subjects, ...row }: ExactRow): CheckedRow {
  return row;
}

function replayable({ seq, bytes, start, bodyEnd, end }: SwiftRow): Replayable {
  const hex = bytes.toString("hex", bodyEnd, end);
  return { seq, body: bytes.subarray(start, bodyEnd), subjects: hex.match(/.{32}/g) ?? [] };
}
