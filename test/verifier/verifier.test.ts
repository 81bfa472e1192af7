import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import {
  type Bundle,
  checkBundle,
  createAccessLog,
  createKeyFile,
  filePlace,
  makeKeyFile,
  proveRecord,
  Retention,
  type Sealed,
  verifyLog,
} from "@garim/audit";
import { resolvePolicy } from "@garim/policy";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parseSealed } from "../../packages/audit/src/seal/sealed.ts";
import { flips } from "../../packages/audit/test/flips.ts";
import { makeOldLog, monthsAgo } from "../../packages/audit/test/old-log.ts";
import { KEYS as LOG_KEYS, NOW, samplePage } from "../../packages/audit/test/sample.ts";
import { makeSealedLog, ORIGIN, SIGNER } from "../../packages/audit/test/sealed-log.ts";
import { checkCopy, checkBundle as checkIndependently } from "./verifier.mjs";

const FILE = fileURLToPath(new URL("verifier.mjs", import.meta.url));
const FORMAT = readFileSync(new URL("../../packages/audit/FORMAT.md", import.meta.url), "utf8");
const KEYS = [SIGNER.verifierKey];
const SIZES = [2, 1, 4, 3, 1, 1, 5];

interface Row {
  readonly seq: number;
  readonly body: string;
  readonly subjects: string;
}

interface SealedText {
  readonly no: number;
  readonly first: number;
  readonly size: number;
  readonly at: number;
  readonly leaves: string;
}

interface CopyLine {
  readonly batches: readonly SealedText[];
  readonly note: string;
}

const folder = mkdtempSync(join(tmpdir(), "garim-verifier-"));
const database = new PGlite();
let bundles: readonly Bundle[];
let rows: readonly Row[];
let copy: string;

/** A log of seven batches, each under its checkpoint, with its copy outside and its rows as they would be exported. */
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const log = await makeSealedLog(database, { places: [filePlace(join(folder, "copy"), () => NOW)] });
  for (const [batch, size] of SIZES.entries()) {
    await log.append(Array.from({ length: size }, (_, i) => samplePage(i % 3, { at: NOW + batch })));
    await log.seal();
  }
  await log.close();
  vi.useRealTimers();
  rows = await exportRows();
  const [name = ""] = readdirSync(join(folder, "copy"));
  copy = readFileSync(join(folder, "copy", name), "utf8");
  const prove = (record: number) => proveRecord(database, { record, checkpoint: "first" });
  const oldest = (await prove(1)).proof.split("\n\n").slice(1).join("\n\n");
  const made: Bundle[] = [];
  for (const { seq } of rows) made.push(await proveRecord(database, { record: seq, since: oldest }));
  bundles = [await prove(4), ...made];
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.close();
});

/** As FORMAT.md says. */
async function exportRows(): Promise<readonly Row[]> {
  const { rows: stored } = await database.query<{ row: string }>(blockOf("sql"));
  return stored.map(({ row }) => JSON.parse(row));
}

function linesOf(text: string): readonly CopyLine[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** The first block of FORMAT.md in a language. */
function blockOf(language: string): string {
  const [, after = ""] = FORMAT.split(`\n\`\`\`${language}\n`);
  return after.split("\n```")[0] ?? "";
}

/** What the package says, and what the other verifier says, of the same JSON. */
function verdicts(bundle: unknown): readonly [boolean, boolean] {
  const read: unknown = JSON.parse(JSON.stringify(bundle) ?? "null");
  return [
    checkBundle(read, { keys: KEYS, origin: ORIGIN }).isProven,
    succeeds(() => checkIndependently(read, KEYS, ORIGIN)),
  ];
}

function succeeds(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** A text with something changed in its middle. */
const mangle = (text: string, at: number, how: string): string => {
  const place = at % (text.length + 1);
  return text.slice(0, place) + how + text.slice(place + (how.length % 2));
};

const anyBundle = fc.nat().map((pick) => bundles[pick % bundles.length] ?? bundles[0]);

describe("the other verifier", () => {
  it("is one file of less than 200 lines of code that uses nothing but Node", () => {
    const text = readFileSync(FILE, "utf8");
    const code = text.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("//"));
    expect(code.length).toBeLessThan(200);
    const imported = [...text.matchAll(/from "([^"]+)"|import\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(imported.length).toBeGreaterThan(0);
    for (const name of imported) expect(name).toMatch(/^node:/);
  });

  it("proves what the package proves, and reads the same record", () => {
    for (const bundle of bundles) {
      expect(verdicts(bundle)).toEqual([true, true]);
      expect(checkIndependently(bundle, KEYS, ORIGIN)).toEqual({
        seq: bundle.seq,
        id: bundle.id,
        at: expect.any(Number),
      });
    }
  });

  it("proves the example of FORMAT.md", () => {
    const key = /\| verifier key \| `([^`]+)` \|/.exec(FORMAT)?.[1] ?? "";
    const bundle = JSON.parse(blockOf("json"));
    expect(checkIndependently(bundle, [key], key.split("+")[0])).toMatchObject({ seq: 2, id: bundle.id });
    const lines = [...FORMAT.matchAll(/^\{"batches".*$/gm)].map(([line]) => JSON.parse(line));
    expect(() => checkCopy(lines, [], [key], key.split("+")[0])).toThrow("record 1 is missing");
  });

  it("agrees when any byte of any member is another", () => {
    for (const bundle of bundles.slice(0, 2))
      for (const { changed, where } of flips(bundle))
        expect(verdicts(changed), where).toEqual([false, false]);
  });

  it("agrees on whatever is put together of two bundles", () => {
    fc.assert(
      fc.property(anyBundle, anyBundle, fc.nat(127), (one, other, mask) => {
        const names = Object.keys({ ...one, ...other }) as (keyof Bundle)[];
        const mixed = Object.fromEntries(
          names.map((name, i) => [name, (mask & (1 << i) ? one : other)?.[name]]),
        );
        const [ours, theirs] = verdicts(mixed);
        expect(theirs).toBe(ours);
      }),
      { numRuns: 300 },
    );
  });

  it("agrees on whatever is done to a member", () => {
    const paths: readonly (readonly string[])[] = [
      ["format"],
      ["id"],
      ["seq"],
      ["proof"],
      ["record", "body"],
      ["record", "subjects"],
      ["batch", "no"],
      ["batch", "first"],
      ["batch", "size"],
      ["batch", "at"],
      ["batch", "root"],
      ["batch", "index"],
      ["batch", "path", "0"],
      ["since", "note"],
      ["since", "proof", "0"],
    ];
    const how = fc.constantFrom(
      "",
      "=",
      "A",
      "AA",
      "\n",
      "\n\n",
      " ",
      "0",
      "-",
      "\u2014",
      "\u0085",
      "\ufeff",
      "\ud800",
      "extra AAAA\n",
    );
    const change = fc.oneof(
      fc.tuple(fc.nat(), how).map(
        ([at, text]) =>
          (value: unknown) =>
            typeof value === "string" ? mangle(value, at, text) : Number(value) + at,
      ),
      fc.anything().map((value) => () => value),
    );
    fc.assert(
      fc.property(anyBundle, fc.constantFrom(...paths), change, (bundle, path, apply) => {
        const changed = structuredClone(bundle) as unknown as Record<string, unknown>;
        let holder: Record<string, unknown> | undefined = changed;
        for (const name of path.slice(0, -1)) holder = holder?.[name] as Record<string, unknown> | undefined;
        const last = path.at(-1) ?? "";
        if (holder === undefined || holder[last] === undefined) return;
        holder[last] = apply(holder[last]);
        const [ours, theirs] = verdicts(changed);
        expect(theirs).toBe(ours);
      }),
      { numRuns: 1_000 },
    );
  });

  it("holds the rows against the copy outside, as a command too", () => {
    const total = SIZES.reduce((sum, size) => sum + size, 0);
    const lines = linesOf(copy);
    expect(checkCopy(lines, rows, KEYS, ORIGIN)).toEqual({ batches: SIZES.length, records: total });
    writeFileSync(join(folder, "copy.ndjson"), copy);
    writeFileSync(join(folder, "rows.ndjson"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    writeFileSync(join(folder, "bundle.json"), JSON.stringify(bundles[0]));
    const run = (...names: readonly string[]) =>
      spawnSync(process.execPath, [FILE, KEYS[0] ?? "", ...names.map((name) => join(folder, name))], {
        encoding: "utf8",
      });
    expect(run("copy.ndjson", "rows.ndjson").stdout).toContain(`records: ${total}`);
    expect(run("bundle.json").stdout).toContain(`seq: 4`);
    writeFileSync(join(folder, "bundle.json"), JSON.stringify({ ...bundles[0], seq: 5 }));
    expect(run("bundle.json")).toMatchObject({ status: 1, stderr: expect.stringContaining("not its place") });
  });

  it("agrees on a log in which something was changed or is gone, held against its copy", async () => {
    const anySeq = fc.integer({ min: 1, max: rows.length });
    const change = fc.oneof(
      fc.tuple(anySeq, fc.nat()).map(([seq, at]) => [
        `update garim.log_record set body = set_byte(body, ${at} % octet_length(body), get_byte(body, ${at} % octet_length(body)) # ${1 << (at % 8)})
          where seq = ${seq}`,
      ]),
      anySeq.map((seq) => [
        `update garim.log_record set subjects = subjects || gen_random_uuid() where seq = ${seq}`,
      ]),
      anySeq.map((seq) => [
        `update garim.log_record set subjects = subjects[2:] || subjects[1] where seq = ${seq} and cardinality(subjects) > 1`,
      ]),
      anySeq.map((seq) => [`delete from garim.log_record where seq = ${seq}`]),
      fc.uniqueArray(anySeq, { minLength: 2, maxLength: 2 }).map(([one, other]) => [
        `create temp table pair as select a.seq, b.body, b.subjects from garim.log_record a join garim.log_record b
          on a.seq in (${one}, ${other}) and b.seq in (${one}, ${other}) and a.seq <> b.seq`,
        "update garim.log_record r set body = pair.body, subjects = pair.subjects from pair where r.seq = pair.seq",
        "drop table pair",
      ]),
      fc.constant([]),
    );
    const place = filePlace(join(folder, "copy"));
    const outcomes = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(change, async (statements) => {
        await database.query("begin");
        try {
          for (const statement of statements) await database.query(statement);
          const { isIntact } = await verifyLog({ database, place, keys: KEYS, origin: ORIGIN, lanes: 1 });
          const changed = await exportRows();
          expect(succeeds(() => checkCopy(linesOf(copy), changed, KEYS, ORIGIN))).toBe(isIntact);
          outcomes.add(isIntact);
        } finally {
          await database.query("rollback");
        }
      }),
      { numRuns: 60 },
    );
    expect(outcomes.size).toBe(2);
  });

  it("knows of a month that was destroyed on record, and of nothing else that is missing", async () => {
    const [old, young] = [monthsAgo(27), monthsAgo(3)];
    const store = new PGlite();
    await makeOldLog(store, [old, young]);
    const place = filePlace(join(folder, "old"));
    const keyFile = join(folder, "old.keys");
    createKeyFile(keyFile, makeKeyFile({ now: Date.parse(`${monthsAgo(28)}-01`) }));
    const seal = { origin: ORIGIN, signers: { all: () => [SIGNER] }, places: [place] };
    const log = await createAccessLog({ database: store, keys: LOG_KEYS, seal });
    const who = {
      actor: { kind: "auditor", id: "kim", sellerId: null },
      session: null,
      factor: null,
    } as const;
    const retention = new Retention({
      database: store,
      append: (access) => log.append(access),
      who: { ...who, origin: { ip: "local", agent: null }, route: "garim retention" },
      policy: resolvePolicy(),
      scope: { subjects: null, hasUniqueIds: null, hasSensitive: null },
    });
    await expect.poll(async () => (await retention.plan()).months[0]?.state).toBe("destroy");
    const trusted = { keys: KEYS, origin: ORIGIN };
    await retention.destroy({
      ...trusted,
      places: [place],
      reason: "term is over",
      keyFile,
      patienceMs: 30_000,
    });
    await log.close();
    const { rows: exported } = await store.query<{ row: string }>(blockOf("sql"));
    const left: readonly Row[] = exported.map(({ row }) => JSON.parse(row));
    const lines = readdirSync(join(folder, "old")).flatMap((name) =>
      linesOf(readFileSync(join(folder, "old", name), "utf8")),
    );
    const agree = async (rest: readonly Row[], isIntact: boolean, ...changes: readonly string[]) => {
      await store.query("begin");
      for (const change of changes) await store.query(change);
      expect((await verifyLog({ ...trusted, database: store, place, lanes: 1 })).isIntact).toBe(isIntact);
      await store.query("rollback");
      expect(succeeds(() => checkCopy(lines, rest, KEYS, ORIGIN))).toBe(isIntact);
    };
    // Of four records of the destroyed month one, a change of roles, is left.
    expect(left.map(({ seq }) => seq)).toEqual([2, 5, 6, 7, 8, 9]);
    await agree(left, true);
    await agree(
      left.filter(({ seq }) => seq !== 6),
      false,
      "delete from garim.log_record where seq = 6",
    );
    await agree(
      left.filter(({ seq }) => seq !== 9),
      false,
      "delete from garim.log_record where seq = 9",
    );
    const [kept, other] = [left[0], left[1]];
    const forged = left.map((row) =>
      row === kept && other !== undefined ? { ...other, seq: kept.seq } : row,
    );
    const forge =
      "update garim.log_kept k set body = r.body, subjects = r.subjects, leaf = r.leaf from garim.log_record r where r.seq = 5";
    await agree(forged, false, forge);
    await store.close();
  });

  it("agrees on a copy in which something was changed", async () => {
    const lines = linesOf(copy);
    const anyLine = fc.nat(lines.length - 2);
    const bytesOf = (text: string, at: number): string => {
      const bytes = Buffer.from(text, "base64");
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << (at % 8));
      return bytes.toString("base64");
    };
    const changeBatch =
      (change: (batch: SealedText, at: number) => object) => (line: CopyLine, at: number) => ({
        ...line,
        batches: line.batches.map((batch) => ({ ...batch, ...change(batch, at) })),
      });
    const inLine = fc.constantFrom<(line: CopyLine, at: number) => CopyLine>(
      changeBatch(({ leaves }, at) => ({ leaves: bytesOf(leaves, at) })),
      changeBatch(({ leaves, size }) => ({ leaves: leaves.slice(0, 44), size: size + 1 })),
      changeBatch(({ no }) => ({ no: no + 1 })),
      changeBatch(({ first }) => ({ first: first + 1 })),
      changeBatch(({ at: moment }) => ({ at: moment - 1 })),
      (line, at) => ({ ...line, note: mangle(line.note, at, "x") }),
      (line, at) => ({
        ...line,
        note: line.note.replace(/[A-Za-z0-9+/]{96,}=*/, (text) => bytesOf(text, at)),
      }),
      (line) => line,
    );
    const anyChange = fc.oneof(
      fc
        .tuple(anyLine, inLine, fc.nat())
        .map(([i, change, at]) => lines.map((line, j) => (i === j ? change(line, at) : line))),
      anyLine.map((i) => lines.filter((_, j) => j !== i)),
      anyLine.map((i) => lines.flatMap((line, j) => (i === j ? [line, line] : [line]))),
      anyLine.map((i) => [
        ...lines.slice(0, i),
        ...lines.slice(i, i + 2).toReversed(),
        ...lines.slice(i + 2),
      ]),
    );
    const outcomes = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(anyChange, async (changed) => {
        const read = async function* (): AsyncGenerator<Sealed> {
          for (const line of changed) yield parseSealed(JSON.stringify(line));
        };
        const place = {
          name: "changed",
          write: () => Promise.resolve(),
          latest: () => Promise.resolve(undefined),
          read,
        };
        const { isIntact } = await verifyLog({ database, place, keys: KEYS, origin: ORIGIN, lanes: 1 });
        expect(succeeds(() => checkCopy(changed, rows, KEYS, ORIGIN))).toBe(isIntact);
        outcomes.add(isIntact);
      }),
      { numRuns: 60 },
    );
    expect(outcomes.size).toBe(2);
  });
});
