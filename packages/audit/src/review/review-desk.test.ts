import { createHash } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { resolvePolicy } from "@garim/policy";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { KEYS, samplePage } from "../../test/sample.ts";
import type { Actor } from "../access.ts";
import type { LogDatabase } from "../database.ts";
import type { Asker } from "../desk/asker.ts";
import { type AccessLog, createAccessLog } from "../log.ts";
import { writeReviewReport } from "./report.ts";
import { openReview, type ReviewDesk, type ReviewOptions } from "./review-desk.ts";

const postgres = await startPostgresOrSkip("the monthly review on PostgreSQL");
const pool = new Pool({ connectionString: postgres?.url, max: 4 });
pool.on("error", () => undefined);
const pglite = new PGlite();

afterAll(async () => {
  await Promise.all([pool.end(), pglite.close()]);
  await postgres?.stop();
});

const NOON = Date.parse("2031-02-11T12:00+09:00");
const AFTER = Date.parse("2031-03-03T12:00+09:00");
const MONTH = "2031-02";
const policy = resolvePolicy();
const ALLOW = { decision: { kind: "allow" } };
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: "ERR_GARIM_QUERY_INVALID", message: expect.stringMatching(message) });

const databases: readonly { name: string; database: LogDatabase; isMissing: boolean }[] = [
  { name: "PGlite", database: pglite, isMissing: false },
  { name: "PostgreSQL", database: pool, isMissing: postgres === undefined },
];

for (const { name, database, isMissing } of databases) {
  describe.skipIf(isMissing)(`a month's review on ${name}`, () => {
    let log: AccessLog;
    const deskOf = (
      id: string,
      more: Partial<ReviewOptions> = {},
      kind: Actor["kind"] = "auditor",
    ): ReviewDesk => {
      const asker: Asker = {
        actor: { kind, id, sellerId: null },
        session: null,
        factor: null,
        origin: { ip: "local", agent: null },
        route: "garim review",
      };
      return openReview({ log, database, policy, asker, clock: () => AFTER, ...more });
    };
    const turnTo = (at: number) =>
      database.query(`update garim.log_head set recorded_at = '${new Date(at).toISOString()}'`);

    beforeAll(async () => {
      log = await createAccessLog({ database, keys: KEYS, clock: () => AFTER });
      await turnTo(NOON);
      for (let i = 0; i < 40; i++) await log.append({ ...samplePage(1 + (i % 3)), at: NOON + i });
      await log.append({
        ...samplePage(0),
        at: NOON,
        action: "view-account",
        actor: { kind: "operator", id: "root", sellerId: null },
      });
      await turnTo(AFTER);
    });
    afterAll(() => log.close());

    it("needs a beginning, which needs the month to be over", async () => {
      await expect(deskOf("kim").show(MONTH)).rejects.toThrow(invalid(/has not begun/));
      await expect(deskOf("kim").sign(MONTH)).rejects.toThrow(invalid(/has not begun/));
      await expect(deskOf("kim").find(MONTH, { what: "x", owner: "y" })).rejects.toThrow(
        invalid(/has not begun/),
      );
      await expect(deskOf("kim").begin("2031-03")).rejects.toThrow(invalid(/not over/));
    });

    it("is refused to who is no auditor, and to who operated in that month, and both are on record", async () => {
      for (const [id, kind] of [
        ["anna", "staff"],
        ["lee", "operator"],
        ["root", "auditor"],
      ] as const) {
        const { decision, record } = await deskOf(id, {}, kind).begin(MONTH);
        expect(decision).toMatchObject({ kind: "refuse", reason: "reviewer-operates" });
        const { entries } = await log.find({ actor: id, actions: ["review"] }, { limit: 1 });
        expect(entries).toMatchObject([
          {
            id: record.id,
            access: {
              outcome: "refused",
              reason: "reviewer-operates",
              detail: { step: "begun", month: MONTH },
            },
          },
        ]);
      }
      expect(() =>
        deskOf("kim", {
          asker: {
            actor: { kind: "auditor", id: "kim", sellerId: null },
            session: null,
            factor: null,
            origin: { ip: "local", agent: null },
            route: "x",
            within: { sellerId: "S1" },
          },
        }),
      ).toThrow(invalid(/whole log/));
    });

    it("begins once, and samples by a seed that the month's end fixes", async () => {
      expect(await deskOf("kim").begin(MONTH)).toMatchObject(ALLOW);
      await expect(deskOf("park").begin(MONTH)).rejects.toThrow(invalid(/begun already/));
      const first = await deskOf("kim").show(MONTH);
      const again = await deskOf("park").show(MONTH);
      expect(again.text).toBe(first.text);
      expect(first.isAsSigned).toBeNull();
      expect(first.account.watch).toMatchObject({ records: 41, answers: 40, isWhole: true });
      expect(first.account.watch.sample).toHaveLength(30);
      expect(first.account.begun).toMatchObject({ seed: expect.stringMatching(/^[0-9a-f]{64}$/), size: 0 });
      expect(createHash("sha256").update(first.text).digest("hex")).toBe(first.file.sha256);
      const { entries } = await log.find({ actions: ["export-log"] }, { limit: 1 });
      expect(entries).toMatchObject([
        { access: { detail: { verb: "review", format: "review" }, file: again.file } },
      ]);
    });

    it("reads no further once it is aborted, and signs nothing then", async () => {
      const signal = AbortSignal.abort(new Error("nobody waits"));
      const desk = deskOf("gone", { signal });
      await expect(desk.show(MONTH)).rejects.toThrow("nobody waits");
      await expect(desk.sign(MONTH)).rejects.toThrow("nobody waits");
      expect((await deskOf("kim").state(MONTH)).state.signed).toBeNull();
      const { entries } = await log.find({ actor: "gone", actions: ["export-log"] }, { limit: 1 });
      expect(entries).toEqual([]);
    });

    it("keeps findings with their owners, and what is done about them", async () => {
      const desk = deskOf("kim");
      await expect(desk.find(MONTH, { what: " ", owner: "y" })).rejects.toThrow(invalid(/what/));
      await expect(desk.find(MONTH, { what: "x", owner: "" })).rejects.toThrow(invalid(/owner/));
      await expect(desk.find(MONTH, { what: "x", owner: "y", about: 0 })).rejects.toThrow(invalid(/place/));
      const { record } = await desk.find(MONTH, {
        what: "목적 없는 <b>내려받기</b>",
        owner: "팀장",
        about: 3,
      });
      await expect(desk.follow(MONTH, { finding: 1, what: "x", isClosed: true })).rejects.toThrow(
        invalid(new RegExp(`has no finding 1; it has ${record.seq}`)),
      );
      await deskOf("lee", {}, "operator").follow(MONTH, {
        finding: record.seq,
        what: "확인 중",
        isClosed: false,
      });
      const { state } = await desk.show(MONTH);
      expect(state.findings).toMatchObject([
        {
          seq: record.seq,
          owner: "팀장",
          about: 3,
          isClosed: false,
          followUps: [{ what: "확인 중", actor: { id: "lee" } }],
        },
      ]);
    });

    it("is signed by somebody who does not operate, once, and shows whether the log still says so", async () => {
      expect(await deskOf("lee", {}, "operator").sign(MONTH)).toMatchObject({
        decision: { kind: "refuse", reason: "reviewer-operates" },
        file: null,
      });
      expect((await deskOf("kim").show(MONTH)).state.signed).toBeNull();
      const signed = await deskOf("choi", { reviewers: ["choi"] }, "staff").sign(MONTH);
      expect(signed).toMatchObject(ALLOW);
      await expect(deskOf("kim").sign(MONTH)).rejects.toThrow(invalid(/signed already/));
      await expect(deskOf("kim").find(MONTH, { what: "x", owner: "y" })).rejects.toThrow(
        invalid(/is signed/),
      );

      const shown = await deskOf("kim").show(MONTH);
      expect(shown.isAsSigned).toBe(true);
      expect(shown.state.signed).toMatchObject({
        seq: signed.record.seq,
        sha256: signed.file?.sha256,
        actor: { id: "choi" },
      });
      const [finding] = shown.state.findings;
      await deskOf("kim").follow(MONTH, { finding: finding?.seq ?? 0, what: "조치함", isClosed: true });
      const later = await deskOf("kim").show(MONTH);
      expect(later.isAsSigned).toBe(true);
      expect(later.state.findings).toMatchObject([{ isClosed: true }]);
      expect(later.account.findings).toMatchObject([{ isClosed: false }]);
      const page = writeReviewReport(later);
      for (const said of [
        "서명 완료",
        "일치",
        "조치 완료",
        "목적 없는 &lt;b&gt;내려받기&lt;/b&gt;",
        "판매자 담당자 choi",
      ])
        expect(page).toContain(said);
      expect(page).not.toContain("불일치");

      await database.query("delete from garim.log_record where seq = 5");
      const changed = await deskOf("kim").show(MONTH);
      expect(changed.isAsSigned).toBe(false);
      expect(writeReviewReport(changed)).toMatch(/서명된 내용과 다릅니다.*불일치/s);
    });
  });
}
