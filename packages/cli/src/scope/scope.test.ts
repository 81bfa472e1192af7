import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Access, createAccessLog, createKeyFile, makeKeyFile, openKeyFile } from "@garim/audit";
import { ALL_KINDS, decideDisclosure, HOUR, NOTICE_CONTENTS, resolvePolicy, subject } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ran, runGarim } from "../../test/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-scope-"));
const keyFile = join(folder, "garim.keys");
createKeyFile(keyFile, makeKeyFile({ now: Date.now() }));
const keys = openKeyFile(keyFile, { isProduction: false, onFault: () => undefined }).subjects;
const embedded = join(folder, "database");
const AT = Date.parse("2026-11-20T05:03:00Z");
const POLICY = resolvePolicy();
const KNOWN = ["--known-at", "2026-11-22T09:00+09:00"];

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function viewOf(i: number, more: Partial<Access> = {}): Access {
  const line = { paidAt: AT - HOUR, deliveredAt: null, purposeEndedAt: null, claims: [] };
  const facts = { lines: [line], surface: "view", allowed: ALL_KINDS, secondFactorAt: AT } as const;
  return {
    at: AT + i,
    actor: { kind: "staff", id: "anna", sellerId: "S1" },
    session: "s-1",
    factor: { method: "totp", at: AT },
    origin: { ip: "203.0.113.7", agent: null },
    action: "view",
    outcome: "disclosed",
    reason: null,
    route: "GET /orders",
    purpose: "fulfilment",
    policy: { edition: POLICY.edition.id, overrides: {} },
    surface: "view",
    allowed: ALL_KINDS,
    profile: "pipc",
    records: [
      {
        schema: "orderLine",
        subjects: [subject.buyer(`b-${i}`), subject.phone(`010-0000-${1_000 + (i % 2)}`)],
        lines: [line],
        disclosure: decideDisclosure(facts, AT + i, POLICY),
      },
    ],
    ...more,
  };
}

async function withDatabase<T>(run: (database: PGlite) => Promise<T>): Promise<T> {
  const database = await PGlite.create(embedded);
  try {
    return await run(database);
  } finally {
    await database.close();
  }
}

const run = (args: readonly string[]): Promise<Ran> =>
  runGarim(["scope", "--embedded", embedded, ...args], {
    env: { GARIM_KEYS: keyFile, GARIM_AUDITOR: "kim" },
  });

describe("garim scope", () => {
  beforeAll(() =>
    withDatabase(async (database) => {
      const log = await createAccessLog({ database, keys });
      for (let i = 0; i < 3; i++) await log.append(viewOf(i));
      await log.append(
        viewOf(3, { actor: { kind: "tool", id: "ship\u001b[31m", sellerId: "S2" }, key: "k-7" }),
      );
      await log.close();
    }),
  );

  it("tells how far it reaches, and the clocks to the millisecond, as data", async () => {
    const { code, out, said } = await run(["--staff", "anna", ...KNOWN, "--json"]);
    expect([code, said]).toEqual([0, [expect.stringMatching(/on record as .*SHA-256 [0-9a-f]{64}/)]]);
    expect(JSON.parse(out)).toMatchObject({
      filter: { kind: "staff", actor: "anna" },
      answers: 3,
      people: { least: 3, most: 5 },
      first: { at: AT },
      last: { at: AT + 2 },
      duties: [
        { step: "notify", dueAtKorea: "2026-11-25T09:00:00.000+09:00" },
        { step: "report", dueAtKorea: "2026-11-25T09:00:00.000+09:00" },
        { step: "reportIntrusion", dueAtKorea: "2026-11-23T09:00:00.000+09:00" },
        { step: "post" },
      ],
    });
  });

  it("tells it in words, with no clock where nobody says when it became known", async () => {
    const korean = await run(["--key", "k-7", "--lang", "ko"]);
    expect(korean.out).toMatch(/정보주체\(수취인 포함\): 1-2\n/);
    expect(korean.out).toMatch(/가려지지 않고 제공될 수 있었던 항목: 이름, 전화번호/);
    expect(korean.out).toMatch(/--known-at/);
    expect(korean.out).not.toContain("\u001b");
    const english = await run(["--tool", "ship\u001b[31m", ...KNOWN, "--lang", "en"]);
    expect(english.out).toMatch(/until 2026-11-25T09:00:00.000\+09:00/);
  });

  it("is of somebody of the marketplace as well, who is not the staff member of that name", async () => {
    const { out } = await run(["--operator", "anna", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ filter: { kind: "operator", actor: "anna" }, answers: 0 });
  });

  // Each command opens the folder anew.
  it("[pipa/34-1] opens the leak at the breach desk with what was found, and says what that takes", {
    timeout: 60_000,
  }, async () => {
    const to = ["--embedded", embedded];
    const env = { GARIM_KEYS: keyFile, GARIM_AUDITOR: "kim" };
    const open = ["--key", "k-7", ...KNOWN, "--outside", "no", "--open-leak", "도구 키 유출"];
    expect(await run(open)).toMatchObject({ code: 2, said: [expect.stringContaining("--leak-kind")] });
    const unready = await run([...open, "--leak-kind", "hacking"]);
    expect([unready.code, unready.said.join()]).toEqual([
      expect.any(Number),
      expect.stringMatching(/garim migrate/),
    ]);
    await runGarim(["migrate", ...to], { env });
    const { out, said } = await run([...open, "--leak-kind", "hacking", "--json"]);
    const { leak, file } = JSON.parse(out) as { leak: string; file: { sha256: string } };
    expect(said.join("\n")).toContain(`leak ${leak} is on file`);
    const shown = await runGarim(["duties", "leak", leak, ...to], { env });
    expect(JSON.parse(shown.out)).toMatchObject({
      ...{ title: "도구 키 유출", kind: "hacking", openedBy: "auditor kim", scope: file.sha256 },
      found: { filter: { key: "k-7" }, answers: 1 },
      facts: { isOutsideAccess: false, isIntrusion: null },
    });
  });

  it("asks less of a small leak of which everything is said", async () => {
    const no = ["--unique-ids", "--sensitive", "--outside", "--intrusion", "--contacts-missing"];
    const { out } = await run([
      "--ip",
      "203.0.113.7",
      ...KNOWN,
      ...no.flatMap((one) => [one, "no"]),
      "--json",
    ]);
    expect(JSON.parse(out).duties.map(({ step }: { step: string }) => step)).toEqual(["notify"]);
  });

  it("writes drafts into a new folder for its owner, and never into one that is there", async () => {
    const leak = join(folder, "leak");
    const contents = join(folder, "contents.json");
    writeFileSync(contents, JSON.stringify({ response: "개인정보가 노출되어 키를 폐기했습니다" }));
    const args = ["--key", "k-7", ...KNOWN, "--draft", leak, "--company", "가림마켓", "--contents", contents];
    const { code, said } = await run(args);
    expect(code).toBe(0);
    expect(readdirSync(leak).toSorted()).toEqual([
      "notice.en.txt",
      "notice.ko.txt",
      "report.en.txt",
      "report.ko.txt",
      "scope.json",
    ]);
    expect(statSync(leak).mode & 0o077).toBe(0);
    expect(readFileSync(join(leak, "notice.ko.txt"), "utf8")).toMatch(/가림마켓은 .*유출/s);
    expect(said.join("\n")).toMatch(/partial.*circumstances/);
    expect(said.join("\n")).toMatch(/replace: 노출/);
    const again = await run(args);
    expect([again.code, again.said.at(-1)]).toEqual([2, expect.stringMatching(/is there already/)]);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it.each<[readonly string[], RegExp]>([
    [[], /must say what was misused/],
    [["--key", "k", "--draft", "x"], /--known-at/],
    [["--key", "k", "--known-at", "yesterday"], /--known-at must be/],
    [["--tool", "t", "--staff", "s"], /cannot be used with/],
    [["--staff", "s", "--operator", "o"], /cannot be used with/],
    [["--key", "k", "--outside", "perhaps"], /outside/],
    [["--key", "k", "--contents", "/nowhere/at-all.json"], /cannot be read/],
  ])("refuses %j", async (args, why) => {
    const { code, said } = await run(args);
    expect([code, said.join()]).toEqual([2, expect.stringMatching(why)]);
    expect(existsSync("x")).toBe(false);
  });

  it.each([
    ["no JSON", "{"],
    ["no object", '"x"'],
    ["a content nobody knows", '{"cause":"x"}'],
    ["no text", '{"items":1}'],
  ])("refuses contents that are %s", async (_, text) => {
    const contents = join(folder, "bad.json");
    writeFileSync(contents, text);
    const { code, said } = await run(["--key", "k", "--contents", contents]);
    expect([code, said.join()]).toEqual([2, expect.stringContaining(NOTICE_CONTENTS.join(", "))]);
  });

  it("ends with 3 where a record is damaged, and counts that as not knowing", async () => {
    await withDatabase((database) =>
      database.query("update garim.log_record set session = 's-9' where seq = 1"),
    );
    const { code, out } = await run(["--staff", "anna", "--json"]);
    expect([code, JSON.parse(out)]).toMatchObject([
      3,
      { isWhole: false, damaged: { places: [1] }, answers: 2 },
    ]);
  });
});
