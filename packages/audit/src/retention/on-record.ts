import type { Detail } from "../access.ts";
import { type LogDatabase, queryTexts, type TextRow } from "../database.ts";
import type { Month } from "../keys/month.ts";
import { decodeRecord } from "../record/decode.ts";
import { type DestroyedPart, findDestructions } from "../tables/retention.ts";

/** What a record of a destruction must say as it is; root and reason are those of then. */
const TOLD = ["month", "history", "first", "last", "records", "kept"] as const;

/**
 * Finds the record of a destruction that broke off. One that says something else is none: whoever may append could have put it there,
 * and `verify` believes what it says.
 *
 * @returns its place
 */
export async function findRecorded(
  database: LogDatabase,
  part: DestroyedPart,
  month: Month,
  detail: Detail,
): Promise<number | undefined> {
  const rows = await queryTexts(database, findDestructions(part), [month]);
  const found = rows.find((row) => says(row, detail));
  return found === undefined ? undefined : Number(found["seq"]);
}

function says({ body, subjects }: TextRow, detail: Detail): boolean {
  try {
    const { access } = decodeRecord(Buffer.from(body ?? "", "hex"), subjects?.match(/.{32}/g) ?? []);
    return TOLD.every((member) => access.detail?.[member] === detail[member]);
  } catch {
    return false;
  }
}
