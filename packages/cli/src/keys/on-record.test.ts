import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import {
  createAccessLog,
  createKeyFile,
  createLogReader,
  type LogEntry,
  makeKeyFile,
  openKeyFile,
} from "@garim/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ran, runGarim } from "../../test/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-keys-record-"));
const database = join(folder, "database");
const config = join(folder, "garim.config.json");
const keyFile = join(folder, "garim.keys");
const MADE = Date.parse("2024-01-15T00:00:00Z");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keys = (): ReturnType<typeof openKeyFile> =>
  openKeyFile(keyFile, { isProduction: false, onFault: () => undefined });
const garim = (...args: readonly string[]): Promise<Ran> =>
  runGarim([...args, "--config", config, "--keys", keyFile], { env: { GARIM_AUDITOR: "kim" } });

async function lastRecord(): Promise<LogEntry | undefined> {
  const pglite = await PGlite.create(database);
  try {
    const reader = await createLogReader({ database: pglite, keys: keys().subjects });
    const { entries } = await reader.find({ actions: ["rotate-key", "retire-key"] }, { limit: 1 });
    return entries[0];
  } finally {
    await pglite.close();
  }
}

// A busy machine makes a folder of PGlite slowly.
describe("garim keys where a database is said", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    createKeyFile(keyFile, makeKeyFile({ now: MADE, name: "shop.example/access-log" }));
    const pglite = await PGlite.create(database);
    await (await createAccessLog({ database: pglite, keys: keys().subjects })).close();
    await pglite.close();
    writeFileSync(
      config,
      JSON.stringify({ database: { embedded: "./database" }, policy: { claimDays: 10 } }),
    );
  }, 120_000);

  it("puts a rotation on record: who, which key, under which policy, and not the key", async () => {
    const { code, out } = await garim("keys", "rotate", "--kind", "signers", "--owner", "감사팀", "--json");
    const { made, record } = JSON.parse(out);
    const entry = await lastRecord();
    expect([code, record]).toEqual([0, { seq: entry?.seq, id: entry?.id }]);
    expect(entry?.access).toMatchObject({
      actor: { kind: "operator", id: "kim", sellerId: null },
      action: "rotate-key",
      outcome: "done",
      route: "garim keys rotate",
      key: made.id,
      detail: { kind: "signers", owner: "감사팀" },
      policy: { edition: "kr-2026-10-31", overrides: { claimDays: 10 } },
    });
    expect(JSON.stringify(entry)).not.toContain(JSON.parse(readFileSync(keyFile, "utf8")).signers[0].seed);
  });

  it("puts it on record that a key signs no more, and that a month's was forgotten", async () => {
    const { id } = JSON.parse(readFileSync(keyFile, "utf8")).signers[1];
    expect((await garim("keys", "retire", id, "--kind", "signers")).out).toContain("on record as");
    expect((await lastRecord())?.access).toMatchObject({
      action: "retire-key",
      key: id,
      detail: { kind: "signers" },
    });
    expect((await garim("keys", "shred", "2024-01", "--yes")).code).toBe(0);
    expect((await lastRecord())?.access).toMatchObject({
      action: "retire-key",
      detail: { kind: "subjects", month: "2024-01" },
    });
  });

  it("changes nothing where nobody is named or the log cannot be opened", async () => {
    const before = readFileSync(keyFile, "utf8");
    const rotate = ["keys", "rotate", "--kind", "secrets", "--keys", keyFile];
    const unnamed = await runGarim([...rotate, "--config", config], { env: {} });
    expect(unnamed).toMatchObject({ code: 2, said: [expect.stringContaining("--as NAME")] });
    const nowhere = await runGarim([...rotate, "--embedded", join(folder, "none"), "--as", "kim"], {
      env: {},
    });
    expect(nowhere.code).not.toBe(0);
    expect(readFileSync(keyFile, "utf8")).toBe(before);
  });

  it("says so where no database is said", async () => {
    const { code, said } = await runGarim(["keys", "rotate", "--kind", "secrets", "--keys", keyFile], {
      env: {},
    });
    expect([code, said]).toEqual([0, [expect.stringContaining("not on record: no database is said")]]);
  });
});
