import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createAccessLog, createKeyFile, createLogReader, ed25519Signer, makeKeyFile } from "@garim/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepTerminal, type Ran, runGarim } from "../../test/terminal.ts";
import { type VerifyBundleOptions, verifyBundleFile } from "./verify-bundle.ts";

const ORIGIN = "shop.example/access-log";
const SIGNER = ed25519Signer(ORIGIN, new Uint8Array(32).fill(1));
const OTHER = ed25519Signer("other.example/log", new Uint8Array(32).fill(2));
const KEYS = { all: () => [{ id: "2026-11", key: new Uint8Array(32).fill(7) }] };

const folder = mkdtempSync(join(tmpdir(), "garim-prove-"));
const database = join(folder, "database");
const path = (name: string): string => join(folder, name);
const keys = path("garim.keys");

/** Three log-ins, each a batch, all under one checkpoint. */
async function makeLog(): Promise<void> {
  createKeyFile(keys, makeKeyFile({ now: Date.now() }));
  const pglite = new PGlite(database);
  const seal = { origin: ORIGIN, signers: { all: () => [SIGNER] }, places: [] };
  const log = await createAccessLog({ database: pglite, keys: KEYS, seal });
  for (const id of ["anna", "ben", "chul"]) await log.append(logIn(id));
  await log.close();
  await pglite.close();
}

function logIn(id: string): Parameters<Awaited<ReturnType<typeof createAccessLog>>["append"]>[0] {
  return {
    at: Date.parse("2026-11-22T09:00:00.123Z"),
    actor: { kind: "staff", id, sellerId: "S1" },
    session: "s-1",
    factor: null,
    origin: { ip: "203.0.113.7", agent: null },
    action: "log-in",
    outcome: "done",
    reason: null,
    route: "POST /log-in",
    purpose: null,
    policy: { edition: "kr-2026-10-31", overrides: {} },
    surface: null,
    allowed: 0,
    profile: null,
    records: [],
  } as const;
}

const prove = (...args: readonly string[]): Promise<Ran> =>
  runGarim(["prove", ...args, "--embedded", database, "--keys", keys, "--as", "kim"]);

async function verify(file: string, options: Partial<VerifyBundleOptions> = {}): Promise<Ran> {
  const terminal = keepTerminal();
  let code = 0;
  const end = (said: number): void => {
    code = said;
  };
  await verifyBundleFile(file, { keys: [SIGNER.verifierKey], ...options }, { terminal, end });
  return { code, ...terminal.kept() };
}

beforeAll(makeLog);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("garim prove", () => {
  it("writes a bundle that its checker takes, by place and by id", async () => {
    const { code, out, said } = await prove("2");
    expect([code, said]).toEqual([
      0,
      [
        expect.stringMatching(
          /^record 2 \([0-9a-f-]{36}\) is proved; .* That it left is on record as [0-9a-f-]{36}$/,
        ),
      ],
    ]);
    const { id } = JSON.parse(out);
    expect((await prove(id)).out).toBe(out);
    expect(await prove("2", "--out", path("two.json"))).toMatchObject({ code: 0, out: "" });
    expect(readFileSync(path("two.json"), "utf8")).toBe(out);
    expect(await verify(path("two.json"))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^PROVEN: /),
    });
  });

  it("is checked by garim verify, which needs a public key and nothing else", async () => {
    await prove("2", "--out", path("whole.json"));
    writeFileSync(path("log.pub"), `${SIGNER.verifierKey}\n`);
    for (const key of [SIGNER.verifierKey, path("log.pub")]) {
      const { code, out, said } = await runGarim(["verify", path("whole.json"), "--key", key]);
      expect([code, said]).toEqual([0, []]);
      expect(out).toMatch(/^PROVEN: This record/);
    }
    const other = await runGarim([
      "verify",
      path("whole.json"),
      "--key",
      OTHER.verifierKey,
      "--origin",
      ORIGIN,
    ]);
    expect(other).toMatchObject({
      code: 3,
      out: expect.stringMatching(/^NOT PROVEN: The checkpoint is not signed/),
    });
    expect(await runGarim(["verify", path("whole.json")])).toMatchObject({ code: 2, out: "" });
  });

  it("puts on record who asked and what left", async () => {
    const { out } = await prove("3");
    const pglite = new PGlite(database);
    const reader = await createLogReader({ database: pglite, keys: KEYS });
    const { entries } = await reader.find({ actor: "kim" }, { limit: 2 });
    await pglite.close();
    const sha256 = createHash("sha256").update(out).digest("hex");
    expect(entries.map(({ access }) => access)).toMatchObject([
      {
        action: "export-log",
        file: { sha256, sizeBytes: Buffer.byteLength(out) },
        detail: { verb: "prove", seq: 3 },
      },
      {
        action: "log-query",
        route: "garim prove",
        detail: { verb: "prove", record: "3", checkpoint: "newest" },
      },
    ]);
  });

  it("has no answer for somebody who does not say who asks", async () => {
    const ran = await runGarim(["prove", "2", "--embedded", database, "--keys", keys]);
    expect(ran).toMatchObject({ code: 2, out: "", said: [expect.stringMatching(/write --as NAME/)] });
  });

  it("shows that the log goes on from an older checkpoint", async () => {
    const { proof } = JSON.parse((await prove("3")).out);
    writeFileSync(path("old.note"), proof.slice(proof.indexOf("\n\n") + 2));
    const { code } = await prove("1", "--since", path("old.note"), "--out", path("since.json"));
    expect(code).toBe(0);
    const { out } = await verify(path("since.json"), { json: true });
    expect(JSON.parse(out)).toMatchObject({ isProven: true, since: { size: 3 }, record: { seq: 1 } });
    const trusted = ["--key", SIGNER.verifierKey, "--since", path("old.note")];
    expect((await runGarim(["verify", path("since.json"), ...trusted])).code).toBe(0);
    await prove("1", "--out", path("alone.json"));
    expect(await runGarim(["verify", path("alone.json"), ...trusted])).toMatchObject({
      code: 3,
      out: expect.stringMatching(/the checkpoint that was kept/),
    });
    expect(await runGarim(["verify", ...trusted])).toMatchObject({
      code: 2,
      said: [expect.stringMatching(/--since belongs to a bundle/)],
    });
  });

  it.each([
    ["a place that is not there", ["4000"], /holds no record 4000/],
    ["an id that is not there", ["019ab0c4-61f0-7d1e-9a53-0c5b7e1f2a34"], /holds no record 019ab0c4/],
    ["neither", ["anna"], /by its place in the log/],
    ["no record 0", ["0"], /by its place in the log/],
    ["a checkpoint that is not there", ["1", "--checkpoint", "2"], /no checkpoint of 2 batches/],
    ["a checkpoint that is none", ["1", "--checkpoint", "old"], /Write newest, first/],
    ["an older checkpoint that is not there", ["1", "--since", "none.note"], /none\.note is not there/],
    ["force without a file", ["1", "--force"], /--force belongs to a file/],
  ])("has one clear line and exit code 2 for %s", async (_, args, message) => {
    const { code, out, said } = await prove(...args);
    expect([code, out, said]).toEqual([2, "", [expect.stringMatching(message)]]);
  });

  it("ends with 3 where the log cannot prove what it holds", async () => {
    const { out } = await prove("1");
    const { proof } = JSON.parse(out);
    const note = String(proof.slice(proof.indexOf("\n\n") + 2));
    writeFileSync(path("forked.note"), note.replace(/\n3\n.{44}\n/, `\n3\n${"A".repeat(43)}=\n`));
    const ran = await prove("1", "--since", path("forked.note"));
    expect(ran).toMatchObject({
      code: 3,
      out: "",
      said: [expect.stringMatching(/^NOT PROVEN: .*does not go on/)],
    });
  });
});

describe("verifyBundleFile", () => {
  beforeAll(async () => {
    await prove("2", "--out", path("two.json"), "--force");
  });

  it("says what is proven and shows the record, in both languages", async () => {
    const english = await verify(path("two.json"), { lang: "en" });
    expect(english.out).toMatch(
      /^PROVEN: This record, as it is here, was in the log shop\.example\/access-log at place 2 when its checkpoint of \S+ \(3 batches\) was signed\.\n/,
    );
    for (const word of [
      "ben (seller's staff, S1)",
      "203.0.113.7",
      "2026-11-22T18:00:00.123+09:00",
      "Log-in (done)",
    ])
      expect(english.out).toContain(word);
    const korean = await verify(path("two.json"), { lang: "ko" });
    expect(korean.out).toMatch(/^증명됨: .*shop\.example\/access-log의 2번 자리/);
    for (const word of ["ben (판매자 담당자, S1)", "접속 (완료)"]) expect(korean.out).toContain(word);
  });

  it("ends with 3 for what proves nothing, and says why", async () => {
    const bundle = JSON.parse(readFileSync(path("two.json"), "utf8"));
    writeFileSync(path("changed.json"), JSON.stringify({ ...bundle, seq: 3 }));
    expect(await verify(path("changed.json"), { lang: "en" })).toMatchObject({
      code: 3,
      out: expect.stringMatching(/^NOT PROVEN: Numbers in the bundle contradict each other\.\n/),
    });
    expect((await verify(path("changed.json"), { lang: "ko" })).out).toMatch(
      /^증명되지 않음: 증명 안의 번호가/,
    );
    expect(await verify(path("changed.json"), { keys: [OTHER.verifierKey] })).toMatchObject({ code: 3 });
  });

  it.each([
    ["no key", { keys: [] }, /must come from somewhere else/],
    ["keys of two logs", { keys: [SIGNER.verifierKey, OTHER.verifierKey] }, /--origin shop\.example/],
    ["a key that is none", { keys: ["secret"] }, /verifier key has the form/],
  ])("refuses %s", async (_, options, message) => {
    await expect(verify(path("two.json"), options)).rejects.toThrow(message);
  });

  it("refuses a file that is not there, and one that is no JSON", async () => {
    await expect(verify(path("none.json"))).rejects.toThrow(/is not there/);
    writeFileSync(path("text.json"), "x");
    await expect(verify(path("text.json"))).rejects.toThrow(/is no JSON/);
  });
});
