import { plainArray, textArray } from "../array-literal.ts";
import { type LogDatabase, queryTexts } from "../database.ts";
import { rootOf } from "../merkle/tree.ts";
import { SEARCHED_TEXTS } from "../record/searched-texts.ts";
import type { LogRow } from "./batch.ts";
import { binaryBigints, binaryIntegers, binaryTexts, binaryUuids } from "./binary-array.ts";

/**
 * How the columns of a batch go to the database: as texts, which every driver hands on as they are, or in PostgreSQL's own binary form,
 * which spares it a third of an append.
 */
export interface BatchForm {
  /** The call of `garim.append`: the batch's id, how long it may wait, then the columns. */
  readonly statement: string;
  columnsOf(rows: readonly LogRow[]): readonly unknown[];
}

/** @param cast - from what the driver is told to what it is, or nothing where that is the same */
const append = (cast: "::text" | ""): string => {
  const types = ["bytea", "integer[]", "uuid[]", "bigint[]", ...SEARCHED_TEXTS.map(() => "text[]")];
  const columns = types.map((type, i) => `$${4 + i}${type === "bytea" ? "" : cast}::${type}`);
  return `select garim.append($1::text::uuid, $2::text, $3::bytea, ${columns.join(", ")})::text as first, $1::text as batch`;
};

export const TEXT_FORM: BatchForm = {
  statement: append("::text"),
  columnsOf: (rows) => [
    ...bytesOf(rows),
    plainArray(endsOf(rows)),
    plainArray(rows.flatMap(({ subjects }) => hexesOf(subjects))),
    plainArray(rows.map((row) => row.at)),
    ...SEARCHED_TEXTS.map((name) => textArray(columnOf(rows, name))),
  ],
};

export const BINARY_FORM: BatchForm = {
  statement: append(""),
  columnsOf: (rows) => [
    ...bytesOf(rows),
    binaryIntegers(endsOf(rows)),
    binaryUuids(rows.map(({ subjects }) => subjects)),
    binaryBigints(rows.map((row) => row.at)),
    ...SEARCHED_TEXTS.map((name) => binaryTexts(columnOf(rows, name))),
  ],
};

/** Bytes that a driver which makes a text of them cannot hand on unharmed. */
const PROBE = Uint8Array.from([0, 1, 254, 255, 128, 10, 92, 39, 34, 123, 44, 125, 13, 46, 47, 48]);
const ASK =
  "select concat(($1::uuid[])::text, ($2::integer[])::text, ($3::bigint[])::text, ($4::text[])::text) as said";
const ANSWER = "{0001feff-800a-5c27-227b-2c7d0d2e2f30}{-2}{4294967297}{가,NULL}";

/**
 * Finds out whether a driver hands bytes on as they are, as `pg` and PGlite do; others make a text of them, or refuse them.
 *
 * @returns the binary form where the database understood it, else that of texts
 */
export async function findBatchForm(database: LogDatabase): Promise<BatchForm> {
  const given = [
    binaryUuids([PROBE]),
    binaryIntegers([-2]),
    binaryBigints([2 ** 32 + 1]),
    binaryTexts(["가", null]),
  ];
  const [row] = await queryTexts(database, ASK, given).catch(() => []);
  return row?.["said"] === ANSWER ? BINARY_FORM : TEXT_FORM;
}

/** The root of the batch, and its bytes: as texts within texts they cost the process and the database a sixth of an append. */
function bytesOf(rows: readonly LogRow[]): readonly Uint8Array[] {
  const root = Buffer.from(rootOf(rows.map((row) => row.leaf)));
  return [root, Buffer.concat(rows.flatMap(({ leaf, body }) => [leaf, body]))];
}

/** Of each row where its bytes end, and where its subjects do. */
function endsOf(rows: readonly LogRow[]): readonly number[] {
  let [bytes, subjects] = [0, 0];
  return rows.flatMap((row) => {
    bytes += row.leaf.length + row.body.length;
    subjects += row.subjects.length / 16;
    return [bytes, subjects];
  });
}

/** What no row has is left out: `unnest` fills up with NULLs, which costs the database less than to be told of each. */
function columnOf(
  rows: readonly LogRow[],
  name: (typeof SEARCHED_TEXTS)[number],
): readonly (string | null)[] {
  return rows.some((row) => row[name] !== null) ? rows.map((row) => row[name]) : [];
}

function hexesOf(subjects: Uint8Array): readonly string[] {
  const hex = Buffer.from(subjects.buffer, subjects.byteOffset, subjects.length).toString("hex");
  return hex.match(/.{32}/g) ?? [];
}
