import { isGarimError } from "@garim/policy";
import { type LogDatabase, queryTexts, type TextRow } from "../database.ts";
import { leafHash } from "../merkle/hash.ts";
import { epochText, msOfEpoch } from "./epoch.ts";
import { type CheckedRow, NULLABLE, PLAIN, type RangeTask } from "./range.ts";
import { readWhole, type Skimmed } from "./skim.ts";

const COLUMNS = [...PLAIN, ...NULLABLE];

/** Ordered by the columns, not by their texts of the same names. Row by row and column by column: slower, for where something is wrong. */
function exactQuery(table: RangeTask["table"]): string {
  return `select seq::text, recorded_at::text as moment, extract(epoch from recorded_at)::text as recorded_at, extract(epoch from at)::text as at,
      ${COLUMNS.join(", ")}, encode(leaf, 'hex') as leaf, subjects::text, encode(body, 'hex') as body
    from garim.${table} r where (r.seq, r.recorded_at) > ($1::text::bigint, $3::text::timestamptz) and r.seq <= $2::text::bigint
    order by r.seq, r.recorded_at limit 500`;
}

/** A row with its bytes, for whoever looks closer. */
export interface ExactRow extends CheckedRow {
  readonly body: Uint8Array;
  readonly subjects: readonly string[];
}

/** The rows of some places, `first` to `last`, however many there are, each with what is wrong with it alone. */
export async function* readExactly(
  database: LogDatabase,
  table: RangeTask["table"],
  first: number,
  last: number,
): AsyncGenerator<ExactRow> {
  let [seq, recordedAt] = [`${first}`, "-infinity"];
  for (;;) {
    const rows = await queryTexts(database, exactQuery(table), [seq, `${last}`, recordedAt]);
    for (const row of rows) yield checkRow(row);
    const end = rows.at(-1);
    if (end === undefined || rows.length < 500) return;
    seq = end["seq"] ?? "";
    recordedAt = end["moment"] ?? "";
  }
}

function checkRow(row: TextRow): ExactRow {
  const body = Buffer.from(row["body"] ?? "", "hex");
  const literal = row["subjects"] ?? "{}";
  const subjects = (literal.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []).map((uuid) =>
    uuid.replaceAll("-", ""),
  );
  const leaf = Buffer.from(leafHash(Buffer.concat([body, Buffer.from(subjects.join(""), "hex")]))).toString(
    "hex",
  );
  const recordedAt = msOfEpoch(row["recorded_at"] ?? "");
  const storedLeaf = row["leaf"] ?? "";
  const common = { seq: Number(row["seq"]), recordedAt, leaf, storedLeaf, body, subjects };
  const own = [
    ...(storedLeaf === leaf ? [] : ["leaf"]),
    ...(/^\{[^{}]*\}$/.test(literal) && !literal.includes("NULL") ? [] : ["subjects"]),
  ];
  try {
    const { id, skimmed } = readWhole(body, subjects);
    const wrong = [...own, ...wrongColumns(row, skimmed)];
    return { ...common, id, action: skimmed.action, wrong };
  } catch (error) {
    const unreadable = isGarimError(error) ? error.message : "Its bytes are no record";
    return { ...common, id: null, action: null, wrong: own, unreadable };
  }
}

function wrongColumns(row: TextRow, skimmed: Skimmed): readonly string[] {
  const texts = COLUMNS.filter((name) => row[name] !== skimmed[name]);
  return row["at"] === epochText(skimmed.at) ? texts : ["at", ...texts];
}
