import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import {
  type Access,
  type AccessLog,
  createAccessLog,
  createKeyFile,
  createLogReader,
  type LogEntry,
  type LogFilter,
  makeKeyFile,
  openKeyFile,
} from "@garim/audit";
import { subject } from "@garim/policy";
import { openWorkbook } from "@garim/workbook";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { type Ran, runGarim } from "../../test/terminal.ts";
import type { Terminal } from "../terminal.ts";

const postgres = await startPostgresOrSkip("the verbs that ask, on PostgreSQL");
const folder = mkdtempSync(join(tmpdir(), "garim-ask-"));
const keyFile = join(folder, "garim.keys");
createKeyFile(keyFile, makeKeyFile({ now: Date.now() }));
const keys = openKeyFile(keyFile, { isProduction: false, onFault: () => undefined }).subjects;
const embedded = join(folder, "database");

afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const AT = Date.parse("2026-11-20T05:03:00Z");

/** What a deed needs beside what it is about. */
const DEED: Access = {
  at: AT,
  actor: { kind: "staff", id: "anna", sellerId: "S1" },
  session: "s-1",
  factor: { method: "totp", at: AT },
  origin: { ip: "203.0.113.7", agent: null },
  action: "view",
  outcome: "disclosed",
  reason: null,
  route: "GET /orders",
  purpose: "fulfilment",
  policy: { edition: "kr-2026-10-31", overrides: {} },
  surface: null,
  allowed: 0,
  profile: null,
  records: [],
};
const BUYER = subject.buyer("b-100001");

async function fill(log: AccessLog): Promise<void> {
  const told: readonly Partial<Access>[] = [
    { action: "log-in", outcome: "done" },
    { asked: [BUYER, subject.phone("010-1234-5678"), subject.order("20261122-000123")] },
    { action: "download", purpose: null, actor: { kind: "staff", id: "ben", sellerId: "S2" } },
    { action: "download", purpose: "배송 \u001b[31m", outcome: "refused", reason: "download-window-closed" },
    { actor: { kind: "tool", id: "ship-easy", sellerId: "S2" } },
    {
      action: "change-roles",
      outcome: "done",
      actor: { kind: "operator", id: "root", sellerId: null },
      target: { kind: "staff", id: "anna", sellerId: "S1" },
    },
    { action: "log-out", outcome: "done", at: AT + 60_000 },
  ];
  for (const one of told) await log.append({ ...DEED, ...one });
  await log.close();
}

interface Stand {
  readonly env: Terminal["env"];
  /** Looks into the log past the command. */
  readonly look: (filter: LogFilter) => Promise<readonly LogEntry[]>;
  readonly change: (sql: string) => Promise<unknown>;
}

async function withDatabase<T>(run: (database: PGlite) => Promise<T>): Promise<T> {
  const database = await PGlite.create(embedded);
  try {
    return await run(database);
  } finally {
    await database.close();
  }
}

const ENV = { GARIM_KEYS: keyFile, GARIM_AUDITOR: "kim" };
const pool = new Pool({ connectionString: postgres?.url, max: 2 });
pool.on("error", () => undefined);
afterAll(() => pool.end());

const stands: readonly {
  name: string;
  isMissing: boolean;
  args: readonly string[];
  stand: Stand;
  open: () => Promise<void>;
}[] = [
  {
    name: "PGlite",
    isMissing: false,
    args: ["--embedded", embedded],
    open: () => withDatabase(async (database) => fill(await createAccessLog({ database, keys }))),
    stand: {
      env: ENV,
      look: (filter) =>
        withDatabase(
          async (database) => (await (await createLogReader({ database, keys })).find(filter)).entries,
        ),
      change: (sql) => withDatabase((database) => database.query(sql)),
    },
  },
  {
    name: "PostgreSQL",
    isMissing: postgres === undefined,
    args: [],
    open: async () => fill(await createAccessLog({ database: pool, keys })),
    stand: {
      env: { ...ENV, DATABASE_URL: postgres?.url },
      look: async (filter) => (await (await createLogReader({ database: pool, keys })).find(filter)).entries,
      change: (sql) => pool.query(sql),
    },
  },
];

/** Places of what {@link fill} recorded; questions of tests before may be among the rest. */
const PLACES = (out: string): readonly number[] =>
  out
    .trimEnd()
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [(JSON.parse(line) as { seq: number }).seq]))
    .filter((seq) => seq <= 7);

for (const { name, isMissing, args, stand, open } of stands) {
  describe.skipIf(isMissing)(`the verbs that ask, on ${name}`, () => {
    beforeAll(open);

    const run = (...words: readonly string[]): Promise<Ran> =>
      runGarim([...words, ...args], { env: stand.env });

    it.each([
      [["who-saw", "--buyer", "b-100001"], [2]],
      [["who-saw", "--phone", "+82 10 1234 5678"], [2]],
      [["who-saw", "010.1234.5678"], [2]],
      [["who-saw", "20261122-000123"], [2]],
      [["who-saw", "--order", "b-100001"], []],
      [
        ["by-actor", "anna"],
        [7, 4, 2, 1],
      ],
      [
        ["by-actor", "anna", "--limit", "2"],
        [7, 4],
      ],
      [
        ["by-actor", "anna", "--before", "4"],
        [2, 1],
      ],
      [["by-actor", "anna", "--to", "2026-11-01"], []],
      [["by-tool", "ship-easy"], [5]],
      [["by-tool", "anna"], []],
      [["downloads"], [4, 3]],
      [["downloads", "--no-purpose"], [3]],
      [["downloads", "--seller", "S1"], [4]],
      [["denied"], [4]],
      [["sessions", "anna"], [1]],
      [["rights-history"], [6]],
      [["rights-history", "anna"], [6]],
      [["rights-history", "ben"], []],
    ])("%j finds records %j", async (words, places) => {
      const { code, out } = await run(...words, "--json");
      expect([code, PLACES(out)]).toEqual([0, places]);
    });

    it("puts on record who asks, for whom and how, and says where", async () => {
      const { said } = await run("who-saw", "--buyer", "b-100001", "--from", "2026-11-01", "--as", "  lee ");
      const [entry] = await stand.look({ actor: "lee" });
      expect(said.at(-1)).toBe(`this question is on record as ${entry?.id}`);
      expect(entry?.access).toMatchObject({
        actor: { kind: "auditor", id: "lee", sellerId: null },
        action: "log-query",
        origin: { ip: "local" },
        route: "garim who-saw",
        asked: [{ type: "buyer" }],
        detail: { verb: "who-saw", from: Date.parse("2026-10-31T15:00:00Z") },
      });
      expect(JSON.stringify(entry)).not.toContain("b-100001");
    });

    it("puts on record which policy was in force, as the configuration says", async () => {
      const config = join(folder, "policy.json");
      writeFileSync(config, '{"policy":{"claimDays":10}}');
      await run("denied", "--as", "min", "--config", config);
      expect((await stand.look({ actor: "min" }))[0]?.access.policy).toEqual({
        edition: "kr-2026-10-31",
        overrides: { claimDays: 10 },
      });
    });

    it("prints a table in the reader's language, harmless to terminals", async () => {
      const korean = await run("downloads", "--lang", "ko");
      expect(korean.out).toMatch(/^일련번호 +접속일시 +식별자/);
      expect(korean.out).toContain("내려받기");
      expect(korean.out).toContain("2026-11-20 14:03:00");
      expect(korean.out).toContain("\\u001b[31m");
      expect(korean.out).not.toContain("\u001b");
      expect((await run("sessions", "anna", "--lang", "en")).out).toMatch(
        /Opened \(Korea\).*\n.*Log-out.*totp/,
      );
      expect((await run("downloads", "--limit", "1")).said).toContainEqual(
        expect.stringMatching(/--before 4$/),
      );
      expect((await run("by-actor", "nobody")).said[0]).toBe("nothing found");
    });

    it("reads whom it is about from standard input, so that no list of processes has it", async () => {
      const readStdin = () => Promise.resolve(Buffer.from(" 010-1234-5678\n"));
      const { code, out } = await runGarim(["who-saw", "--phone", "-", "--json", ...args], {
        env: stand.env,
        readStdin,
      });
      expect([code, PLACES(out)]).toEqual([0, [2]]);
    });

    it("writes everything into a file for its owner, once, with its hash on record", async () => {
      const path = join(folder, `${name}.csv`);
      const words = ["by-actor", "anna", "--csv", path, "--lang", "ko", "--bom"];
      const { code, out, said } = await run(...words);
      const bytes = readFileSync(path);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      expect([code, out]).toEqual([0, ""]);
      expect(said[0]).toContain(`4 records in ${path}, SHA-256 ${sha256}`);
      expect(bytes.toString("utf8")).toMatch(/^\ufeff일련번호,기록 ID,접속일시/);
      expect(statSync(path).mode & 0o077).toBe(0);
      const [entry] = await stand.look({ actions: ["export-log"] });
      expect(entry?.access).toMatchObject({
        file: { sha256, sizeBytes: bytes.length },
        detail: { verb: "by-actor", actor: "anna", format: "csv", rows: 4 },
      });
      const again = await run(...words);
      expect([again.code, again.said]).toEqual([
        2,
        [expect.stringMatching(/is there already; write --force/)],
      ]);
      expect(await stand.look({ actions: ["export-log"] })).toHaveLength(1);
      expect((await run(...words, "--force")).code).toBe(0);
      expect(readdirSync(folder).filter((one) => one.endsWith(".part"))).toEqual([]);
    });

    it("writes a workbook that opens with the password of a file or of standard input, and never says it", async () => {
      const password = "Barun!4071-열쇠";
      const passwordFile = join(folder, `${name}-password.txt`);
      writeFileSync(passwordFile, `\ufeff${password}\r\nnot this\n`);
      for (const from of [passwordFile, "-"]) {
        const path = join(folder, `${name}-${from === "-"}.xlsx`);
        const words = ["by-actor", "anna", "--xlsx", path, "--password-file", from, "--lang", "ko"];
        const readStdin = async () => Buffer.from(password);
        const { code, said } = await runGarim([...words, ...args], { env: stand.env, readStdin });
        const bytes = readFileSync(path);
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        expect([code, said.join()]).toEqual([0, expect.stringContaining(`SHA-256 ${sha256}`)]);
        expect(said.join()).not.toContain("4071-열쇠");
        expect(statSync(path).mode & 0o077).toBe(0);
        const { mark, sheets } = await openWorkbook(path, password);
        const [entry] = await stand.look({ actions: ["export-log"] });
        const detail = { verb: "by-actor", actor: "anna", format: "xlsx", mark };
        expect(entry?.access).toMatchObject({ file: { sha256, sizeBytes: bytes.length }, detail });
        const [about, data] = sheets.map((sheet) => [...sheet.rows()]);
        expect(about).toContainEqual(["내보낸 사람", "Exported by", "kim"]);
        expect(data?.[0]?.slice(0, 3)).toEqual(["일련번호", "기록 ID", "접속일시"]);
        expect(data?.length).toBe(5);
      }
      const again = await run(
        "by-actor",
        "anna",
        "--xlsx",
        join(folder, `${name}-true.xlsx`),
        "--password-file",
        passwordFile,
      );
      expect([again.code, again.said.join()]).toEqual([
        2,
        expect.stringMatching(/write --force .* another --xlsx/),
      ]);
      expect(readdirSync(tmpdir()).filter((one) => one.startsWith("garim-xlsx-"))).toEqual([]);
    });

    it("[A4] says loudly what is damaged, and ends with 3", async () => {
      await stand.change("update garim.log_record set actor = 'ben' where seq = 5");
      const page = await run("by-actor", "ben", "--json");
      const file = await run("by-actor", "ben", "--csv", join(folder, `${name}-damaged.csv`));
      await stand.change("update garim.log_record set actor = 'ship-easy' where seq = 5");
      expect(page.code).toBe(3);
      expect(page.said).toContainEqual(expect.stringMatching(/^DAMAGED: record 5 .*column actor/));
      expect(PLACES(page.out)).toEqual([3, 5]);
      expect([file.code, file.said[1]]).toEqual([3, expect.stringMatching(/^DAMAGED: 1 of them/)]);
    });

    it("shows nothing where the question cannot be recorded", async () => {
      await stand.change("alter table garim.log_head rename to log_head_away");
      const path = join(folder, `${name}-unrecorded.csv`);
      const page = await run("by-actor", "anna", "--json");
      const file = await run("by-actor", "anna", "--csv", path);
      await stand.change("alter table garim.log_head_away rename to log_head");
      expect([page.code, page.out, file.code, existsSync(path)]).toEqual([2, "", 2, false]);
      expect(page.said).toEqual([expect.stringContaining("ERR_GARIM_LOG_UNAVAILABLE")]);
    });
  });
}

describe.skipIf(postgres === undefined)("the verbs that ask, as the role garim_auditor", () => {
  it("ask and record with the rights that garim migrate --role-sql gives", async () => {
    const { out } = await runGarim(["migrate", "--role-sql"]);
    await pool.query(out);
    await pool.query("drop role if exists lee; create role lee login password 'p' in role garim_auditor");
    const url = Object.assign(new URL(postgres?.url ?? ""), { username: "lee", password: "p" }).href;
    const env = { ...ENV, DATABASE_URL: url };
    const { code, out: listed } = await runGarim(["who-saw", "--buyer", "b-100001", "--json"], { env });
    const changed = new Pool({ connectionString: url });
    await expect(changed.query("delete from garim.log_record")).rejects.toThrow(/permission denied/);
    await changed.end();
    await pool.query("drop role lee");
    expect([code, PLACES(listed)]).toEqual([0, [2]]);
  });
});

describe("the verbs that ask", () => {
  it.each([
    ["nobody who asks", ["denied"], {}, /stands on record; write --as NAME, or set GARIM_AUDITOR/],
    ["nobody asked for", ["who-saw"], ENV, /Say one data subject/],
    ["two asked for", ["who-saw", "--buyer", "b", "--phone", "010"], ENV, /Say one data subject/],
    ["an empty subject", ["who-saw", "--buyer", " "], ENV, /1 to 256 characters/],
    ["no actor", ["by-actor"], ENV, /missing required argument 'actor'/],
    ["a time without a zone", ["denied", "--from", "2026-11-01T09:00"], ENV, /--from must be a day/],
    ["a month", ["denied", "--to", "2026-11"], ENV, /--to must be a day/],
    ["a limit that is none", ["denied", "--limit", "many"], ENV, /whole number/],
    ["a page of a file", ["denied", "--csv", "x.csv", "--limit", "5"], ENV, /--csv.*cannot be used with/],
    ["a byte order mark of nothing", ["denied", "--bom"], ENV, /write --csv FILE/],
    ["force of nothing", ["denied", "--force"], ENV, /write --csv FILE, or --xlsx FILE/],
    ["a workbook without a password", ["denied", "--xlsx", "x.xlsx"], ENV, /write --password-file FILE/],
    ["a password of nothing", ["denied", "--password-file", "-"], ENV, /write --xlsx FILE/],
    ["two files", ["denied", "--xlsx", "x.xlsx", "--csv", "x.csv"], ENV, /cannot be used with/],
    [
      "a password on the command line",
      ["denied", "--password=hunter2"],
      ENV,
      /does not belong on the command line/,
    ],
    ["no key file", ["denied", "--embedded", "{embedded}"], { GARIM_AUDITOR: "kim" }, /No key file is said/],
    ["no database", ["denied"], ENV, /No database is said/],
  ])("have one clear line and exit code 2 for %s", async (_, words, env, message) => {
    const { code, out, said } = await runGarim(
      words.map((one) => one.replace("{embedded}", embedded)),
      { env },
    );
    expect([code, out]).toEqual([2, ""]);
    expect(said).toEqual([expect.stringMatching(message)]);
  });

  it("refuses what no filter takes, as the library says it", async () => {
    const { code, said } = await runGarim(["denied", "--limit", "5000", "--embedded", embedded], {
      env: ENV,
    });
    expect([code, said]).toEqual([2, [expect.stringMatching(/1 to 1000.*ERR_GARIM_QUERY_INVALID/)]]);
  });

  it.each(["who-saw", "by-actor", "by-tool", "downloads", "denied", "sessions", "rights-history"])(
    "explain %s with examples and exit codes",
    async (verb) => {
      const { code, out } = await runGarim([verb, "--help"]);
      expect(code).toBe(0);
      for (const word of ["Examples:", `garim ${verb}`, "--as", "on record", "Exit codes:"])
        expect(out).toContain(word);
    },
  );
});

describe("who-saw without saying what it is", () => {
  it.each([
    ["010-1234-5678", "a phone number"],
    ["+82 10 1234 5678", "a phone number"],
    ["02-123-4567", "a phone number"],
    ["0101234567890123", "an order number"],
    ["20261122-000123", "an order number"],
    ["ORD-2026112200", "an order number"],
    ["b-100001", "a buyer's id"],
    ["hong123", "a buyer's id"],
    ["1234567", "a buyer's id"],
  ])("takes %s for %s, and says so without the value", async (text, what) => {
    const { said } = await runGarim(["who-saw", text, "--embedded", join(folder, "none")], { env: ENV });
    expect(said[0]).toMatch(new RegExp(`^taken for ${what}; if it is none, write --\\w+ or --\\w+$`));
    expect(said.join()).not.toContain(text);
  });
});
