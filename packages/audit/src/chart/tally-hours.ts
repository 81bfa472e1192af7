import type { AccessOutcome } from "../access.ts";
import type { TextRow } from "../database.ts";
import type { Counted, HourCount, ToolCount } from "./hour-count.ts";

/** Records that are read for one chart at most. */
export const MOST_COUNTED = 30_000;

/**
 * Brings rows of counts together, each hour and outcome once.
 *
 * @param rows - `hour`, `outcome`, `tool`, `records`, `subjects`, `first`
 * @param from - from where on was asked for, UTC milliseconds
 * @param most - so many records mean that there may be more, before the first of them
 */
export function tallyHours(
  rows: readonly TextRow[],
  from: number,
  most: number = Number.POSITIVE_INFINITY,
): Counted {
  const records = rows.reduce((sum, row) => sum + Number(row["records"]), 0);
  const first = Math.min(...rows.map((row) => Number(row["first"] ?? from)));
  const since = records < most ? from : first;
  return { hours: hoursOf(rows), tools: toolsOf(rows), since };
}

export function hoursOf(rows: readonly TextRow[]): readonly HourCount[] {
  const hours = new Map<string, HourCount>();
  for (const row of rows) {
    const { hour, outcome } = row;
    const key = `${hour} ${outcome}`;
    hours.set(key, {
      hour: Number(hour),
      outcome: outcome as AccessOutcome,
      ...added(hours.get(key), row),
    });
  }
  return [...hours.values()].toSorted((one, other) => one.hour - other.hour);
}

export function toolsOf(rows: readonly TextRow[]): readonly ToolCount[] {
  const tools = new Map<string, ToolCount>();
  for (const row of rows) {
    const tool = row["tool"] ?? null;
    if (tool === null) continue;
    const before = tools.get(tool);
    const refused = row["outcome"] === "refused" ? Number(row["records"]) : 0;
    tools.set(tool, { tool, ...added(before, row), refused: (before?.refused ?? 0) + refused });
  }
  return [...tools.values()].toSorted((one, other) => other.records - one.records);
}

function added(
  before: Pick<HourCount, "records" | "subjects"> | undefined,
  row: TextRow,
): Pick<HourCount, "records" | "subjects"> {
  return {
    records: (before?.records ?? 0) + Number(row["records"]),
    subjects: (before?.subjects ?? 0) + Number(row["subjects"]),
  };
}
