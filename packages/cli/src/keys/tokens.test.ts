import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createAccessLog, createKeyFile, createLogReader, makeKeyFile, openKeyFile } from "@garim/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ran, runGarim } from "../../test/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-token-keys-"));
const database = join(folder, "database");
const config = join(folder, "garim.config.json");
const keyFile = join(folder, "garim.keys");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const subjects = () => openKeyFile(keyFile, { isProduction: false, onFault: () => undefined }).subjects;
const garim = (...args: readonly string[]): Promise<Ran> =>
  runGarim(["keys", ...args, "--kind", "tokens", "--config", config, "--keys", keyFile], {
    env: { GARIM_AUDITOR: "kim" },
  });

const rows = async () =>
  (await garim("list", "--json")).out
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe("garim keys --kind tokens", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    createKeyFile(
      keyFile,
      makeKeyFile({ now: Date.parse("2026-11-01T00:00:00Z"), name: "shop.example/log" }),
    );
    const pglite = await PGlite.create(database);
    await (await createAccessLog({ database: pglite, keys: subjects() })).close();
    await pglite.close();
    writeFileSync(config, JSON.stringify({ database: { embedded: "./database" } }));
  }, 120_000);

  it("makes, lists and retires keys, each on record and none shown", async () => {
    expect(await rows()).toEqual([]);
    const first = JSON.parse((await garim("rotate", "--owner", "플랫폼팀", "--json")).out).made;
    expect(first).toMatchObject({ owner: "플랫폼팀", algorithm: "ES256" });
    expect(first.publicJwk).not.toHaveProperty("d");
    const second = await garim("rotate", "--owner", "플랫폼팀", "--algorithm", "EdDSA");
    expect([second.code, second.out]).toEqual([0, expect.stringContaining("on every node")]);
    const retired = await garim("retire", first.id, "--why", "노트북에서 발견");
    expect([retired.code, retired.out]).toEqual([0, expect.stringContaining("within a second")]);
    expect((await rows()).map(({ id, state, algorithm }) => [id, state, algorithm])).toEqual([
      [expect.any(String), "in-use", "EdDSA"],
      [first.id, "retired", "ES256"],
    ]);
    const pglite = await PGlite.create(database);
    const reader = await createLogReader({ database: pglite, keys: subjects() });
    const { entries } = await reader.find({ actions: ["rotate-key", "retire-key"] }, { limit: 5 });
    await pglite.close();
    expect(entries.map(({ access }) => [access.action, access.actor.id, access.detail?.["why"]])).toEqual([
      ["retire-key", "kim", "노트북에서 발견"],
      ["rotate-key", "kim", undefined],
      ["rotate-key", "kim", undefined],
    ]);
  });

  it.each([
    ["nobody who answers for it", ["rotate"], "--owner"],
    ["another algorithm", ["rotate", "--owner", "x", "--algorithm", "RS256"], "ES256"],
    ["a key that is not there", ["retire", "token-none"], "garim keys list --kind tokens"],
  ])("refuses %s", async (_, args, message) => {
    expect(await garim(...args)).toMatchObject({ code: 2, said: [expect.stringContaining(message)] });
  });
});
