import type { GarimError } from "@garim/policy";
import { vi } from "vitest";
import { queryTexts } from "../src/database.ts";
import { type CheckpointPlace, createAccessLog, ed25519Signer, type LogDatabase } from "../src/index.ts";
import { Frontier, rootOf } from "../src/merkle/tree.ts";
import { formatCheckpoint } from "../src/note/checkpoint.ts";
import { signNote } from "../src/note/open.ts";
import type { NoteSigner } from "../src/note/signer.ts";
import { leafOf } from "../src/record/leaf.ts";
import { batchLeaf } from "../src/seal/batch-leaf.ts";
import { formatSealed, parseSealed } from "../src/seal/sealed.ts";
import { Sealer } from "../src/seal/sealer.ts";
import { KEYS, NOW, samplePage } from "./sample.ts";

export const ORIGIN = "shop.example/access-log";
export const SIGNER: NoteSigner = ed25519Signer(ORIGIN, new Uint8Array(32).fill(1));

/** A place whose lines a test may change. */
export class LinePlace implements CheckpointPlace {
  readonly name = "lines";
  lines: string[];

  constructor(lines: readonly string[] = []) {
    this.lines = [...lines];
  }

  async write(parts: Parameters<CheckpointPlace["write"]>[0]): Promise<void> {
    this.lines.push(...parts.map(formatSealed));
  }

  async latest(): Promise<string | undefined> {
    return this.lines.map((line) => parseSealed(line).note).findLast((note) => note !== null) as
      | string
      | undefined;
  }

  async *read(): ReturnType<CheckpointPlace["read"]> {
    for (const line of this.lines) yield parseSealed(line);
  }
}

/** How many records each checkpoint adds, in batches of how many, and in which month they fall. */
export interface Stretch {
  readonly batches: readonly number[];
  /** The database's clock. */
  readonly moment: string;
}

/** Appends records in batches of the sizes wanted, and seals after each stretch. */
export async function sealStretches(
  database: LogDatabase,
  place: CheckpointPlace,
  stretches: readonly Stretch[],
  { signer = SIGNER, from = NOW }: { readonly signer?: NoteSigner; readonly from?: number } = {},
): Promise<void> {
  // The sealer's own ticks never come by themselves here: each stretch is one checkpoint.
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const faults: GarimError[] = [];
  let now = from;
  const log = await createAccessLog({ database, keys: KEYS, clock: () => now });
  const sealer = new Sealer({
    origin: ORIGIN,
    signers: { all: () => [signer] },
    places: [place],
    database,
    clock: () => now,
    onFault: (error) => faults.push(error),
  });
  for (const { batches, moment } of stretches) {
    await database.query(`update garim.log_head set recorded_at = greatest(recorded_at, '${moment}')`);
    for (const [i, size] of batches.entries()) {
      const actor = { kind: "staff", id: `staff-${i}`, sellerId: i % 3 === 2 ? null : `S${i}` } as const;
      // Of one batch, as they come while the one before is written.
      const first = log.append(samplePage(0, { action: "log-in", actor, purpose: null }));
      await first;
      await Promise.all(
        Array.from({ length: size }, (_, k) => log.append(samplePage(k % 3, { actor, at: NOW + k }))),
      );
    }
    await sealer.seal();
    now += 600_000;
  }
  await log.close();
  await sealer.close();
  vi.useRealTimers();
  const [fault] = faults;
  if (fault !== undefined) throw fault;
}

const TABLES = ["log_head", "log_batch", "log_record", "log_node", "log_checkpoint", "log_sealer"];

/** Keeps the log's tables as they are, so that each test begins with the same. */
export async function keepTables(database: LogDatabase): Promise<void> {
  await database.query("drop schema if exists kept cascade");
  await database.query("create schema kept");
  for (const table of TABLES)
    await database.query(`create table kept.${table} as select * from garim.${table}`);
}

export async function restoreTables(database: LogDatabase): Promise<void> {
  const months = await queryTexts(
    database,
    "select distinct date_trunc('month', recorded_at)::text as m from kept.log_record",
  );
  for (const row of months) await database.query(`select garim.cover('${row["m"]}'::timestamptz)`);
  await database.query(`truncate ${TABLES.map((table) => `garim.${table}`).join(", ")}`);
  for (const table of TABLES)
    await database.query(
      `insert into garim.${table} ${table === "log_checkpoint" ? "overriding system value " : ""}select * from kept.${table}`,
    );
}

/** Makes hashes, tree and checkpoints fit the records as they are now: what an attacker with all rights and a key of theirs does. */
export async function forgeTree(database: LogDatabase, signer: NoteSigner): Promise<void> {
  const batches = await queryTexts(
    database,
    "select b.no::text, b.first_seq::text, b.size::text, (extract(epoch from b.recorded_at) * 1000)::bigint::text as at from garim.log_batch b order by b.no",
  );
  const sizes = await queryTexts(
    database,
    "select c.no::text, c.size::text from garim.log_checkpoint c order by c.no",
  );
  const frontier = new Frontier();
  for (const row of batches) {
    const [no, firstSeq, size, recordedAt] = ["no", "first_seq", "size", "at"].map((name) =>
      Number(row[name]),
    ) as [number, number, number, number];
    const rows = await queryTexts(
      database,
      "select encode(r.body, 'hex') as body, r.subjects::text from garim.log_record r where r.seq between $1::text::bigint and $2::text::bigint order by r.seq",
      [`${firstSeq}`, `${firstSeq + size - 1}`],
    );
    const leaves = rows.map((one) =>
      leafOf(
        Buffer.from(one["body"] ?? "", "hex"),
        (one["subjects"] ?? "").slice(1, -1).replaceAll("-", "").split(",").filter(Boolean),
      ),
    );
    const root = rootOf(leaves);
    for (const [i, leaf] of leaves.entries())
      await database.query(
        `update garim.log_record set leaf = '\\x${hex(leaf)}' where seq = ${firstSeq + i} and leaf <> '\\x${hex(leaf)}'`,
      );
    await database.query(`update garim.log_batch set root = '\\x${hex(root)}' where no = ${no}`);
    for (const node of frontier.append(batchLeaf({ no, firstSeq, size, recordedAt, root })))
      await database.query(
        `update garim.log_node set hash = '\\x${hex(node.hash)}' where level = ${node.level} and index = ${node.index}`,
      );
    for (const one of sizes.filter((checkpoint) => Number(checkpoint["size"]) === frontier.size)) {
      const text = formatCheckpoint({
        origin: ORIGIN,
        size: frontier.size,
        root: frontier.root(),
        extensions: [],
      });
      const note = Buffer.from(await signNote(text, [signer])).toString("utf8");
      await database.query("update garim.log_checkpoint set note = $1::text where no = $2::text::bigint", [
        note,
        one["no"] ?? "",
      ]);
    }
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
