import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";

/** The month before this one in Korea, as `2026-10`: it is over. */
function lastMonth(): string {
  const korea = new Date(Date.now() + 9 * 3_600_000);
  return new Date(Date.UTC(korea.getUTCFullYear(), korea.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}

describe("garim.auditor(): scope, review and evidence", () => {
  let shop: Shop;
  let owner: Person;
  let auditor: Person;
  let ofSeller: Person;
  const views = new Set<string>();

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      const guard = garim.reveal(orderLine, { purpose: "fulfilment" });
      app.get("/line", guard, (_req, res) => void res.json(tidy(lineOf())));
      app.use("/auditor", garim.auditor());
    });
    const port = await shop.listen();
    owner = await enrolledPerson(shop, port, OWNER);
    for (let i = 0; i < 3; i++) views.add((await owner.get("/line")).headers.get("garim-record") ?? "");
    auditor = await enrolledPerson(shop, port, "auditor/audrey");
    ofSeller = await enrolledPerson(shop, port, "auditor/sue/S1");
  });
  afterAll(() => shop.close());

  const newest = async () => (await shop.garim.log.find({}, { limit: 1 })).entries[0];
  const post = (path: string, body: object, by: Person = auditor): Promise<Response> =>
    by.post(`/auditor/${path}`, body) as Promise<Response>;
  const read = async (path: string, body: object): Promise<Record<string, never>> =>
    (await (await post(path, body)).json()) as Record<string, never>;

  describe("POST scope", () => {
    it("tells how far a leak reaches, what it obliges to, and drafts both papers", async () => {
      const knownAt = new Date(shop.clock.now).toISOString();
      const body = await read("scope", { staff: "anna", knownAt, possible: "yes", company: "상점" });
      expect(body).toMatchObject({
        scope: { answers: 3, people: { least: 1 }, isWhole: true, actors: expect.anything() },
        duties: expect.arrayContaining([expect.objectContaining({ startsAt: shop.clock.now })]),
        drafts: { missing: expect.any(Array), notice: { ko: expect.stringContaining("유출되었을 가능성") } },
      });
      const text = JSON.stringify(body);
      for (const secret of [CANARY.phone, CANARY.name]) expect(text).not.toContain(secret);
      expect((await newest())?.access).toMatchObject({
        action: "export-log",
        route: "POST /auditor/scope",
        actor: { kind: "auditor", id: "audrey" },
        detail: { verb: "scope", actor: "anna" },
        file: body["file"],
      });
    });

    it("finds nothing of another seller for an auditor of one, and lists no duties unasked", async () => {
      const there = await (await post("scope", { staff: "anna" }, ofSeller)).json();
      expect(there).toMatchObject({ scope: { answers: 3 }, duties: null, drafts: null });
      expect(await read("scope", { staff: "nobody" })).toMatchObject({ scope: { answers: 0 } });
    });

    it.each([
      [{}, /must say what was misused/],
      [{ staff: "anna", tool: "t" }, /takes one of tool, staff, operator/],
      [{ staff: "anna", knownAt: "yesterday" }, /knownAt must be a moment/],
      [{ staff: "anna", possible: "maybe" }, /possible must be yes or no/],
      [{ buyer: "b-1" }, /has no "buyer"/],
    ])("refuses %j by what to write", async (body, message) => {
      const answer = await post("scope", body);
      expect([answer.status, await answer.json()]).toEqual([
        400,
        expect.objectContaining({ detail: expect.stringMatching(message) }),
      ]);
    });
  });

  describe("POST review/…", () => {
    const month = lastMonth();

    it("is begun, filled, signed off and reported, each step on record", async () => {
      expect(await read("review/state", { month })).toMatchObject({ state: { begun: null, signed: null } });
      const begun = await post("review/begin", { month });
      expect([begun.status, begun.headers.get("garim-record")]).toEqual([200, (await newest())?.id]);
      const found = await read("review/find", { month, what: "빈 달", owner: "owen" });
      const finding = (found["record"] as unknown as { seq: number }).seq;
      expect((await post("review/follow", { month, finding, what: "확인", closed: "yes" })).status).toBe(200);
      expect(await read("review/state", { month })).toMatchObject({
        state: { begun: { actor: { id: "audrey" } }, findings: [{ isClosed: true }], signed: null },
      });
      expect((await newest())?.access).toMatchObject({
        action: "log-query",
        detail: { verb: "review", month },
      });
      expect((await post("review/sign", { month })).status).toBe(200);
      expect(await read("review/show", { month })).toMatchObject({
        isAsSigned: true,
        state: {
          findings: [expect.objectContaining({ what: "빈 달" })],
          signed: { actor: { id: "audrey" } },
        },
      });
      const report = await post("review/report", { month });
      expect([report.status, report.headers.get("content-type"), await report.text()]).toEqual([
        200,
        "text/html; charset=utf-8",
        expect.stringContaining("빈 달"),
      ]);
    });

    it("is not begun twice, nor for a month that goes on", async () => {
      const now = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 7);
      for (const [body, message] of [
        [{ month }, /has begun already/],
        [{ month: now }, /over/],
        [{}, /month is missing/],
      ] as const) {
        const answer = await post("review/begin", body);
        expect([answer.status, await answer.json()]).toEqual([
          400,
          expect.objectContaining({ detail: expect.stringMatching(message) }),
        ]);
      }
    });

    it("is of the whole log: an auditor of one seller has no part in it, and neither has staff", async () => {
      expect((await post("review/show", { month }, ofSeller)).status).toBe(400);
      expect((await post("review/show", { month }, owner)).status).toBe(403);
      expect((await newest())?.access).toMatchObject({ action: "review", outcome: "refused" });
    });

    it("is asked by POST", async () => {
      const answer = await auditor.get("/auditor/review/show");
      expect([answer.status, await answer.json()]).toEqual([
        404,
        expect.objectContaining({ detail: expect.stringContaining("review/show is asked by POST") }),
      ]);
    });
  });

  describe("POST evidence", () => {
    const day = 86_400_000;

    it("gives the folder, whose manifest is on record, and says that nobody verified", async () => {
      const [from, to] = [Date.now() - day, Date.now() + day];
      const answer = await read("evidence", { from, to, samples: 2 });
      const files = answer["files"] as unknown as Readonly<Record<string, string>>;
      const manifest = files["manifest.json"] ?? "";
      expect(Object.keys(files)).toEqual(expect.arrayContaining(["index.html", "counts.json", "rules.json"]));
      expect(JSON.parse(files["verification.json"] ?? "1")).toBeNull();
      expect(answer["manifest"]).toMatchObject({
        sha256: createHash("sha256").update(manifest).digest("hex"),
      });
      expect((await newest())?.access).toMatchObject({ action: "export-log", file: answer["manifest"] });
    });

    it.each([
      [{ from: "2026-11-01T00:00:00+09:00" }, /takes from and to/],
      [{ from: 2, to: 1 }, /from must be before its to/],
    ])("refuses %j", async (body, message) => {
      const answer = await post("evidence", body);
      expect([answer.status, await answer.json()]).toEqual([
        400,
        expect.objectContaining({ detail: expect.stringMatching(message) }),
      ]);
    });

    it("is not made for an auditor of one seller", async () => {
      expect((await post("evidence", { from: 1, to: Date.now() }, ofSeller)).status).toBe(400);
    });
  });
});
