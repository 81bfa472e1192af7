import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Ran, runGarim } from "../../test/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-cli-keys-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
let path = "";
let now = Date.parse("2026-11-22T00:00:00Z");

beforeEach(async () => {
  now = Date.parse("2026-11-22T00:00:00Z");
  path = join(folder, `${count++}.keys`);
  await run("create", path, "--owner", "보안팀", "--name", "market.example/log");
});

/** Runs the verb, and makes sure that it has shown no key. */
async function run(...args: readonly string[]): Promise<Ran> {
  const keys = args[0] === "create" ? [] : ["--keys", path];
  const ran = await runGarim(["keys", ...args, ...keys], { now: () => now });
  const shown = ran.out + ran.said.join();
  for (const key of secretsOf(path)) expect(shown).not.toContain(key);
  return ran;
}

const read = (file = path) => JSON.parse(readFileSync(file, "utf8"));

function secretsOf(file: string): readonly string[] {
  const { subjects, secrets, signers } = read(file);
  return [...subjects, ...secrets, ...signers].flatMap(({ key, seed }) => key ?? seed ?? []);
}

const rows = async () =>
  (await run("list", "--json")).out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("garim keys create", () => {
  it("writes a file of every kind for its owner only, and says which keys it made", async () => {
    const other = join(folder, "other.keys");
    const { code, out } = await run("create", other);
    expect([code, statSync(other).mode & 0o777]).toEqual([0, 0o600]);
    const { subjects, secrets, signers } = read(other);
    for (const { id } of [...subjects, ...secrets, ...signers]) expect(out).toContain(id);
  });

  it("never replaces a file", async () => {
    const before = read();
    const { code, said } = await run("create", path);
    expect([code, said]).toEqual([2, [expect.stringContaining("never replaced")]]);
    expect(read()).toEqual(before);
  });

  it("refuses a name that no signed note can hold", async () => {
    const ran = await runGarim(["keys", "create", join(folder, "bad.keys"), "--name", "a b"]);
    expect(ran).toMatchObject({ code: 2, said: [expect.stringContaining("no space")] });
  });
});

describe("garim keys list", () => {
  it("shows kind, id, state, months, age and owner", async () => {
    now = Date.parse("2027-01-02T00:00:00Z");
    const [{ id }] = read().subjects;
    const { out } = await run("list", "--lang", "ko");
    expect(out.split("\n").slice(0, 2)).toEqual([
      expect.stringMatching(/^종류 +번호 +상태 +달 +만든 날 +경과일 +책임자 +검증 열쇠$/),
      expect.stringMatching(
        new RegExp(`^subjects +${id} +in-use +2026-11 to 2027-01 +2026-11-22 +41 +보안팀$`),
      ),
    ]);
  });

  it("gives programs each key as JSON, the public key of a signer too", async () => {
    expect(await rows()).toEqual([
      expect.objectContaining({ kind: "subjects", state: "in-use", ageDays: 0, owner: "보안팀" }),
      expect.objectContaining({ kind: "secrets", state: "in-use" }),
      expect.objectContaining({
        kind: "signers",
        verifierKey: expect.stringMatching(/^market\.example\/log\+/),
      }),
    ]);
  });

  it("takes the file from the environment and the configuration, and says where none is", async () => {
    const env = { GARIM_KEYS: path };
    expect((await runGarim(["keys", "list"], { env })).code).toBe(0);
    const config = join(folder, "garim.config.json");
    writeFileSync(config, JSON.stringify({ keys: path }));
    expect((await runGarim(["keys", "list", "--config", config])).code).toBe(0);
    expect(await runGarim(["keys", "list"])).toMatchObject({
      code: 2,
      said: [expect.stringContaining("GARIM_KEYS=FILE")],
    });
    expect(await runGarim(["keys", "list", "--keys", join(folder, "none")])).toMatchObject({
      code: 2,
      said: [expect.stringContaining("garim keys create")],
    });
  });

  it.skipIf(process.platform === "win32")("says where others can read the file", async () => {
    chmodSync(path, 0o644);
    expect(await run("list")).toMatchObject({ code: 0, said: [expect.stringContaining("chmod 600")] });
  });
});

describe("garim keys rotate", () => {
  it("makes a chain for next month, and says until when to copy the file", async () => {
    const { code, out } = await run("rotate", "--kind", "subjects");
    expect([code, out]).toEqual([0, expect.stringMatching(/from 2026-12 on.*before that month begins/)]);
    expect((await rows()).map(({ state }) => state)).toEqual(["waiting", "in-use", "in-use", "in-use"]);
    expect(await run("rotate", "--kind", "subjects")).toMatchObject({
      code: 2,
      said: [expect.stringContaining("--now")],
    });
    expect((await run("rotate", "--kind", "subjects", "--now")).out).toContain("from 2026-11 on");
  });

  it("makes a secret and a signer, with the owner of the one before", async () => {
    await run("rotate", "--kind", "secrets");
    const { out } = await run("rotate", "--kind", "signers", "--owner", "감사팀", "--json");
    expect(JSON.parse(out).made).toMatchObject({ kind: "signers", owner: "감사팀", state: "in-use" });
    expect((await rows()).map(({ kind, state, owner }) => [kind, state, owner])).toEqual([
      ["subjects", "in-use", "보안팀"],
      ["secrets", "in-use", "보안팀"],
      ["secrets", "kept", "보안팀"],
      ["signers", "in-use", "감사팀"],
      ["signers", "in-use", "보안팀"],
    ]);
  });

  it.each([
    ["no kind", [], "--kind"],
    ["an unknown kind", ["--kind", "cookies"], "subjects, secrets, signers, tokens"],
    ["--now for a secret", ["--kind", "secrets", "--now"], "--now is for subjects"],
    ["a name for a secret", ["--kind", "secrets", "--name", "x"], "--name is for signers"],
  ])("refuses %s", async (_, args, message) => {
    const before = read();
    expect(await run("rotate", ...args)).toMatchObject({ code: 2, said: [expect.stringContaining(message)] });
    expect(read()).toEqual(before);
  });
});

describe("garim keys retire", () => {
  it("ends the older signer, and keeps its public key", async () => {
    const [{ id }] = read().signers;
    expect((await run("retire", id, "--kind", "signers")).said.join()).toContain("only one");
    await run("rotate", "--kind", "signers");
    expect((await run("retire", id, "--kind", "signers")).code).toBe(0);
    expect((await rows()).at(-1)).toMatchObject({ id, state: "retired", verifierKey: expect.any(String) });
    expect(read().signers[1]).not.toHaveProperty("seed");
  });

  it("forgets an older secret only where it is meant", async () => {
    const [{ id }] = read().secrets;
    expect((await run("retire", id, "--kind", "secrets", "--yes")).said.join()).toContain(
      "rotate --kind secrets",
    );
    await run("rotate", "--kind", "secrets");
    expect(await run("retire", id, "--kind", "secrets")).toMatchObject({
      code: 2,
      said: [expect.stringContaining("--yes")],
    });
    expect(read().secrets).toHaveLength(2);
    expect((await run("retire", id, "--kind", "secrets", "--yes")).code).toBe(0);
    expect(read().secrets).toHaveLength(1);
  });
});

describe("garim keys shred", () => {
  const MEANT = ["--yes"];

  it("forgets a month once its records need not be kept, and only where it is meant", async () => {
    const [chain] = read().subjects;
    now = Date.parse("2028-11-30T23:59:59.999Z");
    expect(await run("shred", "2026-11", ...MEANT)).toMatchObject({
      code: 2,
      said: [expect.stringMatching(/2 years \(notice-2026-9\/8-1\).*2028-12-01/)],
    });
    now += 1;
    expect(await run("shred", "2026-11")).toMatchObject({
      code: 2,
      said: [expect.stringContaining("--yes")],
    });
    expect(read().subjects).toEqual([chain]);
    const { code, out } = await run("shred", "2026-11", ...MEANT);
    expect([code, out]).toEqual([0, expect.stringContaining("every copy")]);
    expect(read().subjects[0]).toMatchObject({ id: chain.id, month: "2026-12" });
    expect(read().subjects[0].key).not.toBe(chain.key);
  });

  it("keeps a month under legal hold", async () => {
    now = Date.parse("2029-06-01T00:00:00Z");
    expect((await run("shred", "2027-01", ...MEANT)).said.join()).toContain("--hold 2026-11");
    const { out } = await run(
      "shred",
      "2027-01",
      "--hold",
      "2026-11",
      "--hold",
      "2026-12",
      "--json",
      ...MEANT,
    );
    expect(JSON.parse(out)).toMatchObject({
      shredded: "2027-01",
      held: ["2026-11", "2026-12"],
      subjects: [
        { state: "in-use", months: ["2027-02", "2029-06"] },
        { state: "held", months: ["2026-11", "2026-11"] },
        { state: "held", months: ["2026-12", "2026-12"] },
      ],
    });
    expect((await run("shred", "2026-12", ...MEANT)).code).toBe(0);
    expect(read().subjects).toHaveLength(2);
  });

  it.each([
    ["this month", "2026-11", "still"],
    ["no month", "November", "a month such as 2026-11"],
    ["a month that was never", "2025-01", "no key of 2025-01"],
  ])("refuses %s", async (_, month, message) => {
    expect(await run("shred", month, ...MEANT)).toMatchObject({
      code: 2,
      said: [expect.stringContaining(message)],
    });
  });
});
