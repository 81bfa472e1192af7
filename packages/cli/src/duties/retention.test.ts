import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeyFile, makeKeyFile } from "@garim/audit";
import { createRetention, createSchedules, type RecordHost } from "@garim/duties";
import { DAY, PRIVACY_SECTIONS, resolvePolicy } from "@garim/policy";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { type Ran, runGarim } from "../../test/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "garim-retention-"));
const keyFile = join(folder, "garim.keys");
createKeyFile(keyFile, makeKeyFile({ now: Date.now() }));
const postgres = await startPostgresOrSkip("garim duties, retention and leaks on PostgreSQL");
afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const env = { GARIM_KEYS: keyFile, GARIM_AUDITOR: "kim", DATABASE_URL: postgres?.url };
const run = (...args: readonly string[]): Promise<Ran> => runGarim(["duties", ...args], { env });

function fileOf(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
}

const SCHEDULE = {
  recordType: "orderLine",
  alsoShownAs: [],
  title: { ko: "주문", en: "Order line" },
  endsWith: "구매확정",
  keeps: ["contract"],
  apartIn: "거래기록 보관 DB",
  method: "행 삭제",
};

/** What the application did: one record was destroyed by somebody of the marketplace. */
async function destroyOne(): Promise<string> {
  const pool = new Pool({ connectionString: postgres?.url, max: 2 });
  try {
    const policy = resolvePolicy();
    const follow = async (room: { load(since: null): Promise<number> }) => {
      await room.load(null);
      return { check: () => undefined };
    };
    const common = { database: pool, append: async () => ({ seq: 1, id: "1" }), policy };
    const schedules = await createSchedules({ ...common, follower: { follow } });
    const records: RecordHost = {
      list: () => ({ records: [{ id: "L0", purposeEndedAt: Date.now() - DAY, keeps: [] }], next: null }),
      separate: ({ ids }) => ids,
      destroy: ({ ids }) => ids,
    };
    const retention = await createRetention({ ...common, schedules, records });
    const actor = { kind: "operator", id: "oscar", sellerId: null } as const;
    const origin = { ip: "local", agent: null };
    const keeper = { actor, origin, session: null, factor: null, route: "job" };
    const { destructions } = await retention.run({ recordType: "orderLine" }, keeper);
    return String(destructions[0]?.id);
  } finally {
    await pool.end();
  }
}

describe.skipIf(postgres === undefined)("garim duties, retention and leaks", { timeout: 60_000 }, () => {
  beforeAll(async () => {
    await runGarim(["migrate"], { env });
    expect(await run("put-schedule", fileOf("schedule.json", SCHEDULE))).toMatchObject({ code: 0 });
  }, 60_000);

  it("judges the records of a file by the schedules and holds on file", async () => {
    const ended = { recordType: "orderLine", purposeEndedAt: Date.now() - 6 * DAY };
    const lines = [
      { ...ended, id: "L1" },
      { ...ended, id: "L2", keeps: [{ kind: "contract", since: Date.now() - 9 * DAY }] },
      { ...ended, id: "L3", purposeEndedAt: null },
    ];
    const file = fileOf("records.ndjson", lines.map((line) => JSON.stringify(line)).join("\n"));
    const held = await run(
      "hold-data",
      fileOf("hold.json", { recordType: "*", recordIds: ["L1"], reason: "사건 2026-1" }),
      "--json",
    );
    const { id } = JSON.parse(held.out) as { id: string };
    const { out } = await run("due", file, "--json");
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { id: "L1", step: null, reason: "legal-hold", heldBy: [id] },
      { id: "L2", step: "separate", isOverdue: true },
    ]);
    expect(await run("release-data", id, "--reason", "종결")).toMatchObject({ code: 0 });
    expect((await run("due", file, "--lang", "ko")).out).toMatch(/L1\s+파기/);
    expect((await run("data-holds", "--open", "--json")).out).toBe("");
  });

  it("lists destructions, has one confirmed by somebody else, and writes the ledger", async () => {
    const id = await destroyOne();
    expect((await run("destructions", "--open")).out).toContain(id);
    const confirmed = await run("confirm-destruction", id, "--note", "백업까지 확인");
    expect([confirmed.code, confirmed.out]).toEqual([0, expect.stringContaining("by auditor kim")]);
    expect((await run("destructions", "--open", "--json")).out).toBe("");
    expect((await run("destructions", "--html", "--company", "가림마켓")).out).toMatch(
      /관리대장.*백업까지 확인/s,
    );
    expect(JSON.parse((await run("proof", "orderLine", "L0")).out)).toMatchObject([{ destruction: { id } }]);
  });

  it("completes courses and publishes privacy policies", async () => {
    const course = { id: "c", roles: ["*"], sellerId: null, text: "…", link: null, months: null };
    const title = { ko: "교육", en: "Course" };
    await run("put-course", fileOf("course.json", { ...course, title }));
    const done = { sellerId: "S1", staffId: "anna", courseId: "c", proof: "2026-17" };
    expect(await run("complete-course", fileOf("done.json", done))).toMatchObject({
      code: 0,
      out: "c: completed by anna of S1\n",
    });
    const sections = Object.fromEntries(PRIVACY_SECTIONS.map((name) => [name, "해당 없음"]));
    const policy = { sellerId: "S1", title: "상점", sections };
    expect((await run("publish-privacy", fileOf("policy.json", policy))).out).toContain("S1: version 1");
    const lacking = { ...policy, sections: { ...sections, officer: " " } };
    const refused = await run("publish-privacy", fileOf("lacking.json", lacking));
    expect([refused.code, refused.said.join()]).toEqual([2, expect.stringContaining("officer")]);
  });

  it("keeps a leak from its clocks to its posted notice", async () => {
    const facts = { isOutsideAccess: false, isIntrusion: false, subjects: 2, lacksContacts: true };
    const leak = { title: "주문 정보 유출", kind: "insider", knownAt: Date.now(), facts, scope: null };
    const { out } = await run("open-leak", fileOf("leak.json", leak), "--json");
    const { id } = JSON.parse(out) as { id: string };
    const known = { id, facts: { hasUniqueIds: false, hasSensitive: false }, contents: { items: "이름" } };
    await run("change-leak", fileOf("known.json", known));
    const { out: listed } = await run("leaks", "--json");
    expect(
      listed
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).step),
    ).toEqual(["notify", "post"]);
    expect((await run("finish-step", id, "--step", "notify")).out).not.toContain("notify:");
    expect((await run("check-leak", id, "--check", "scope", "--note", "확인")).out).not.toContain("scope");
    const waiting = await run("waiting", "--lang", "ko");
    expect(waiting.out).toMatch(/유출 “주문 정보 유출”/);
    await run("write-notice", id, "--company", "가림마켓");
    await run("post-notice", id, "--notice", "1");
    expect(JSON.parse((await run("leak", id)).out)).toMatchObject({
      post: { notice: 1 },
      notices: [{ no: 1 }],
    });
    for (const [verb, ...more] of [["take-down"], ["close-leak", "--note", "끝"]] as const)
      expect((await run(verb, id, ...more)).code).toBe(2);
  });

  it.each<[readonly string[], RegExp]>([
    [["leak", "x"], /no such leak/],
    [["end-schedule", "other"], /no such schedule/],
    [["confirm-destruction", "x", "--note", "x"], /nothing to confirm/],
    [["release-data", "x", "--reason", "x"], /No hold of that id/],
    [["due", fileOf("other.ndjson", { recordType: "other", id: "x", purposeEndedAt: null })], /no schedule/],
    [["destructions", "--html"], /--company/],
  ])("refuses %j", async (args, why) => {
    const { code, said } = await run(...args);
    expect([code, said.join()]).toEqual([2, expect.stringMatching(why)]);
  });
});
