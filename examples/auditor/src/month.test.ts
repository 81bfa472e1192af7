import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Access, checkBundle, createAccessLog, filePlace, openKeyFile } from "@garim/audit";
import { DEMO_PASSWORD, LOG_NAME, startMarketplace } from "@garim/example-marketplace";
import { subject } from "@garim/policy";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../test/services/postgres.ts";
import { auditMonth, type Done } from "./month.ts";
import { openLog } from "./open-log.ts";
import { isOffHours } from "./report-sink.ts";
import { readSettings, type Settings } from "./settings.ts";

const postgres = await startPostgresOrSkip("the auditor's month on PostgreSQL");
const folder = mkdtempSync(join(tmpdir(), "garim-auditor-"));
const NOW = Date.now();
const MONTH = new Date(NOW + 9 * 3_600_000).toISOString().slice(0, 7);
const NIGHT = Date.parse("2026-11-23T02:30+09:00");
const ENV = { GARIM_AUDITOR: "kim" };

afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const DEED: Access = {
  at: NIGHT,
  actor: { kind: "staff", id: "night-owl", sellerId: "dasom" },
  session: "s-1",
  factor: { method: "totp", at: NIGHT },
  origin: { ip: "203.0.113.7", agent: null },
  action: "view",
  outcome: "disclosed",
  reason: null,
  route: "GET /api/orders",
  purpose: "fulfilment",
  policy: { edition: "none", overrides: {} },
  surface: null,
  allowed: 0,
  profile: null,
  records: [],
};
const DEEDS: readonly Partial<Access>[] = [
  { asked: [subject.buyer("b00001")], purpose: "배송|<b>" },
  { action: "download", purpose: null },
  { action: "download", purpose: "송장 출력", at: Date.parse("2026-11-23T14:00+09:00") },
  { actor: { kind: "tool", id: "ship-easy", sellerId: "dasom" } },
];

/** A marketplace that somebody was refused in, with some nights' work beside it. */
async function openShop(market: string, url?: string): Promise<void> {
  const pool = url === undefined ? undefined : new Pool({ connectionString: url });
  pool?.on("error", () => undefined);
  const shop = await startMarketplace({ port: 0, dataDir: market, orders: 20, database: pool });
  const body = JSON.stringify({ user: "dasom-owner", password: DEMO_PASSWORD });
  const headers = { "content-type": "application/json" };
  const entered = await fetch(`${shop.url}/login`, { method: "POST", body, headers });
  const cookie = entered.headers.getSetCookie().join("; ");
  expect((await fetch(`${shop.url}/api/orders`, { headers: { cookie } })).status).toBe(401);
  await shop.close();
  await withLog(market, pool, DEEDS);
  await pool?.end();
}

async function withLog(
  market: string,
  pool: Pool | undefined,
  deeds: readonly Partial<Access>[],
): Promise<void> {
  const database = pool ?? (await PGlite.create(join(market, "database")));
  const { subjects: keys, signers } = openKeyFile(join(market, "garim.keys"), KEY_OPTIONS);
  const seal = { origin: LOG_NAME, signers, places: [filePlace(join(market, "checkpoints"))] };
  const log = await createAccessLog({ database, keys, seal });
  for (const deed of deeds) await log.append({ ...DEED, ...deed });
  await log.close();
  if (database instanceof PGlite) await database.close();
}

const KEY_OPTIONS = { isProduction: false, onFault: () => undefined };

interface Audited extends Done {
  readonly text: string;
}

async function audit(settings: Settings): Promise<Audited> {
  const open = await openLog(settings);
  try {
    const done = await auditMonth(open, settings, NOW);
    return { ...done, text: readFileSync(done.report, "utf8") };
  } finally {
    await open.close();
  }
}

const stands = [
  { name: "an embedded folder", url: undefined, isMissing: false },
  { name: "PostgreSQL", url: postgres?.url, isMissing: postgres === undefined },
];

for (const { name, url, isMissing } of stands) {
  describe.skipIf(isMissing)(`auditMonth, of a marketplace in ${name}`, { timeout: 120_000 }, () => {
    const market = mkdtempSync(join(folder, "market-"));
    const args = ["--month", MONTH, "--buyer", "b00001", "--market", market, "--out", market];
    const settings = (): Settings =>
      readSettings(args, url === undefined ? ENV : { ...ENV, DATABASE_URL: url });
    let audited: Audited;

    beforeAll(async () => {
      await openShop(market, url);
      audited = await audit(settings());
    }, 120_000);

    it("tells in Korean that the log is whole, and says where the key came from", () => {
      expect(audited.isIntact).toBe(true);
      expect(audited.text).toMatch(/^# 접속기록 월간 점검: \d{4}-\d\d\n\n점검자 kim/);
      expect(audited.text).toMatch(/- 이상 없음\n- 외부 체크포인트로 증명된 기록 \d+건/);
      expect(audited.text).toContain("따로 전달받은 공개키");
      const publicKeys = settings().publicKeys.join(" ");
      expect(readSettings(args, { ...ENV, GARIM_LOG_KEY: publicKeys })).toMatchObject({
        publicKeys: settings().publicKeys,
        isKeyHandedOver: true,
      });
    });

    it("answers who saw the buyer, downloads without purpose, refusals and nights, and nothing else", () => {
      const [, , seen = "", withoutPurpose = "", refused = "", nights = ""] = audited.text.split("\n## ");
      expect([seen, withoutPurpose, nights].map((part) => part.match(/night-owl/g)?.length)).toEqual([
        1, 1, 1,
      ]);
      expect(seen).toContain("배송\\|\\<b\\>");
      expect(withoutPurpose).not.toContain("송장 출력");
      expect(refused).toContain("등록된 추가 인증 수단이 없습니다");
      expect(nights).toContain("| night-owl | dasom | 2 | 2026-11-23 02:30 |");
      expect(nights).not.toContain("ship-easy");
    });

    it("hands out a proof that is checked with a public key and nothing else, readable by its owner only", () => {
      const [, file = ""] = /증명 (proof-\d+\.json)/.exec(audited.text.replaceAll("\\", "")) ?? [];
      const bundle = JSON.parse(readFileSync(join(market, file), "utf8"));
      const verdict = checkBundle(bundle, { keys: settings().publicKeys, origin: LOG_NAME });
      expect(verdict).toMatchObject({ isProven: true, record: { access: { actor: { id: "night-owl" } } } });
      expect([audited.report, join(market, file)].map((path) => statSync(path).mode & 0o077)).toEqual([0, 0]);
    });

    it("leaves every question on record, and the report with its hash", async () => {
      const open = await openLog(settings());
      const { entries } = await open.log.find({ actor: "kim" });
      await open.close();
      const told = entries.map(({ access: { action, detail } }) => `${action} ${detail?.["verb"]}`);
      expect(told).toEqual([
        "export-log find",
        "log-query find",
        "export-log prove",
        "log-query prove",
        "log-query denied",
        "log-query downloads",
        "log-query who-saw",
      ]);
      expect(entries[0]?.access.file?.sizeBytes).toBe(Buffer.byteLength(audited.text));
    });

    it("names a record that was changed, wherever it is told", async () => {
      const open = await openLog(settings());
      await open.database.query("update garim.log_record set actor = 'day-owl' where purpose = '배송|<b>'");
      await open.close();
      const { isIntact, text } = await audit(settings());
      expect(isIntact).toBe(false);
      expect(text).toMatch(/\*\*손상됨: 1건\*\*/);
      expect(text).toMatch(/\*\*\d+번 기록, 검색 열 변조\*\*: its bytes are as they were recorded/);
      expect(text).toMatch(/\*\*훼손된 기록 \d+번\*\*: Its column actor/);
    });
  });
}

describe("readSettings", () => {
  it.each([
    ["no month", [], ENV, /--month 2026-11/],
    ["no such month", ["--month", "2026-13"], ENV, /--month 2026-11/],
    ["nobody who asks", ["--month", "2026-11"], {}, /GARIM_AUDITOR=kim/],
    ["no key file", ["--month", "2026-11", "--market", "/nowhere"], ENV, /nowhere/],
    ["an unknown option", ["--mont", "2026-11"], ENV, /--mont/],
  ])("refuses %s", (_, args, env, message) => {
    expect(() => readSettings(args, env)).toThrow(message);
  });
});

describe("openLog", () => {
  const base = { subjects: { all: () => [{ id: "k", key: Buffer.alloc(32) }] }, databaseUrl: undefined };

  it("opens no folder without a marketplace, and makes none there", async () => {
    const market = join(folder, "none");
    await expect(openLog({ ...base, market } as unknown as Settings)).rejects.toThrow(/holds no marketplace/);
    expect(() => statSync(market)).toThrow(/ENOENT/);
  });

  it("leaves the database of a running marketplace alone", async () => {
    const market = mkdtempSync(join(folder, "busy-"));
    const shop = await startMarketplace({ port: 0, dataDir: market, orders: 20 });
    const opened = openLog({ ...base, market } as unknown as Settings);
    await expect(opened).rejects.toThrow(/stop it first/);
    await shop.close();
  });
});

describe("isOffHours", () => {
  it.each([
    ["2026-11-20T06:59:59.999+09:00", true],
    ["2026-11-20T07:00+09:00", false],
    ["2026-11-20T20:59:59.999+09:00", false],
    ["2026-11-20T21:00+09:00", true],
    ["2026-11-21T12:00+09:00", true],
    ["2026-11-22T12:00+09:00", true],
    ["2026-11-23T12:00+09:00", false],
  ])("%s: %s", (at, isOff) => {
    expect(isOffHours(Date.parse(at))).toBe(isOff);
  });
});
