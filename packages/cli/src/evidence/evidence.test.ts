import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import {
  createAccessLog,
  createKeyFile,
  ed25519Signer,
  filePlace,
  makeKeyFile,
  openKeyFile,
} from "@garim/audit";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { LOG_IN } from "../../test/records.ts";
import { type Ran, runGarim } from "../../test/terminal.ts";

const postgres = await startPostgresOrSkip("evidence, scope and review by the command on PostgreSQL");
const folder = mkdtempSync(join(tmpdir(), "garim-evidence-"));
const keyFile = join(folder, "garim.keys");
createKeyFile(keyFile, makeKeyFile({ now: Date.now() }));
const keys = openKeyFile(keyFile, { isProduction: false, onFault: () => undefined }).subjects;
const embedded = join(folder, "database");
const copy = join(folder, "copy");
const signer = ed25519Signer("shop.example/access-log", new Uint8Array(32).fill(1));
const WINDOW = ["--from", "2026-01-01", "--to", "2099-01-01"];
const TRUST = ["--place", copy, "--key", signer.verifierKey];

afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (args: readonly string[]): Promise<Ran> =>
  runGarim(["evidence", "--embedded", embedded, ...args], {
    env: { GARIM_KEYS: keyFile, GARIM_AUDITOR: "kim" },
  });

async function withDatabase<T>(run: (database: PGlite) => Promise<T>): Promise<T> {
  const database = await PGlite.create(embedded);
  try {
    return await run(database);
  } finally {
    await database.close();
  }
}

describe("garim evidence", () => {
  beforeAll(() =>
    withDatabase(async (database) => {
      const seal = { origin: signer.name, signers: { all: () => [signer] }, places: [filePlace(copy)] };
      const log = await createAccessLog({ database, keys, seal });
      for (let i = 0; i < 3; i++) await log.append(LOG_IN);
      await vi.waitFor(async () => {
        const { rows } = await database.query("select from garim.log_checkpoint where size = 3");
        expect(rows).toHaveLength(1);
      });
      await log.close();
    }),
  );

  it("makes a folder for its owner, whose manifest fits and is on record, and whose samples are proven offline", async () => {
    const out = join(folder, "evidence");
    const { code, out: written } = await run([out, ...WINDOW, ...TRUST, "--samples", "2", "--json"]);
    expect(code).toBe(0);
    const made = JSON.parse(written);
    expect(made).toMatchObject({ samples: 2, unproven: 0, damaged: [], verdict: { isIntact: true } });
    const manifest = readFileSync(join(out, "manifest.json"));
    expect(createHash("sha256").update(manifest).digest("hex")).toBe(made.manifest.sha256);
    for (const { path, sha256 } of JSON.parse(manifest.toString()).files)
      expect(
        createHash("sha256")
          .update(readFileSync(join(out, path)))
          .digest("hex"),
      ).toBe(sha256);
    expect(statSync(out).mode & 0o077).toBe(0);
    const [sample = ""] = readdirSync(join(out, "samples"));
    const checked = await runGarim(["verify", join(out, "samples", sample), "--key", signer.verifierKey]);
    expect(checked).toMatchObject({ code: 0 });
    expect(await run([out, ...WINDOW, ...TRUST])).toMatchObject({
      code: 2,
      said: [expect.stringMatching(/is there already/)],
    });
  });

  it("compares the log with every copy outside, and ends with 3 where one of them shows damage", async () => {
    const [same, empty] = [join(folder, "copy-b"), join(folder, "copy-c")];
    cpSync(copy, same, { recursive: true });
    mkdirSync(empty);
    const twice = join(folder, "twice");
    const both = await run([twice, ...WINDOW, ...TRUST, "--place", same, "--samples", "9", "--json"]);
    // What is not sealed yet, such as the questions of before, is not sampled: it cannot be proven, and is no damage.
    expect([both.code, JSON.parse(both.out)]).toMatchObject([
      0,
      {
        samples: 3,
        unproven: 0,
        verdict: { isIntact: true },
        places: [{ isIntact: true }, { isIntact: true }],
      },
    ]);
    const { places } = JSON.parse(readFileSync(join(twice, "verification.json"), "utf8"));
    expect(places).toMatchObject([{ isIntact: true }, { isIntact: true }]);
    expect(places.map(({ place }: { place: string }) => place.endsWith("copy-b"))).toEqual([false, true]);
    expect(readFileSync(join(twice, "index.html"), "utf8").split("외부 사본")).toHaveLength(3);
    const out = join(folder, "one-empty");
    const one = await run([out, ...WINDOW, ...TRUST, "--place", empty, "--samples", "1", "--json"]);
    expect([one.code, JSON.parse(one.out)]).toMatchObject([
      3,
      { verdict: { isIntact: false }, places: [{ isIntact: true }, { isIntact: false }] },
    ]);
  });

  it("says in words that nobody verified, where that was asked for", async () => {
    const out = join(folder, "unverified");
    const { code, out: written } = await run([
      out,
      ...WINDOW,
      "--no-verify",
      "--lang",
      "ko",
      "--samples",
      "1",
    ]);
    expect([code === 0 || code === 3, written]).toEqual([true, expect.stringMatching(/검증하지 않음/)]);
    expect(readFileSync(join(out, "index.html"), "utf8")).toContain("검증하지 않고 만든 자료");
  });

  it("ends with 3 where the log is damaged", async () => {
    await withDatabase((database) => database.query("update garim.log_record set actor = 'x' where seq = 1"));
    const { code, out } = await run([join(folder, "damaged"), ...WINDOW, ...TRUST, "--lang", "en"]);
    expect([code, out]).toEqual([3, expect.stringMatching(/DAMAGED.*cannot be read: 1\n/)]);
  });

  it.each<[readonly string[], RegExp]>([
    [["x"], /--from/],
    [["x", "--from", "2026-01-01", "--to", "2026-01-01", "--no-verify"], /before its to/],
    [["x", ...WINDOW], /public key/],
    [["x", ...WINDOW, "--key", signer.verifierKey], /--place/],
    [["x", ...WINDOW, "--no-verify", "--samples", "0"], /1 to 1000/],
  ])("refuses %j", async (args, why) => {
    const { code, said } = await run(args);
    expect([code, said.join()]).toEqual([2, expect.stringMatching(why)]);
    expect(existsSync("x")).toBe(false);
  });
});

describe.skipIf(postgres === undefined)("on PostgreSQL", () => {
  const pool = new Pool({ connectionString: postgres?.url, max: 2 });
  pool.on("error", () => undefined);
  const server = join(folder, "server-copy");
  const ask = (args: readonly string[], now = Date.now()): Promise<Ran> =>
    runGarim(args, {
      env: { GARIM_KEYS: keyFile, GARIM_AUDITOR: "kim", DATABASE_URL: postgres?.url },
      now: () => now,
    });

  beforeAll(async () => {
    const seal = { origin: signer.name, signers: { all: () => [signer] }, places: [filePlace(server)] };
    const log = await createAccessLog({ database: pool, keys, seal });
    await log.append(LOG_IN);
    await vi.waitFor(async () => {
      const { rows } = await pool.query("select from garim.log_checkpoint where size = 1");
      expect(rows).toHaveLength(1);
    });
    await log.close();
  });
  afterAll(() => pool.end());

  it("makes evidence, a scope and a review as well", async () => {
    const trust = ["--place", server, "--key", signer.verifierKey];
    expect(await ask(["evidence", join(folder, "server"), ...WINDOW, ...trust, "--json"])).toMatchObject({
      code: 0,
    });
    const scope = await ask(["scope", "--staff", "staff-17", "--json"]);
    expect([scope.code, JSON.parse(scope.out)]).toMatchObject([0, { read: 1, answers: 0 }]);
    const month = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 7);
    // The clock of who reviews is ahead of the database's.
    const later = Date.now() + 40 * 86_400_000;
    expect(await ask(["review", "begin", month], later)).toMatchObject({ code: 0 });
    const shown = await ask(["review", "show", month, "--json"], later);
    expect([shown.code, JSON.parse(shown.out)]).toMatchObject([
      0,
      { state: { begun: { actor: { id: "kim" } } }, account: { begun: { size: expect.any(Number) } } },
    ]);
  });
});
