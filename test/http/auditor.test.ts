import { createHash } from "node:crypto";
import type { Access } from "@garim/audit";
import { NO_KINDS, subject } from "@garim/policy";
import { openWorkbook } from "@garim/workbook";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../fixtures/canary.ts";
import { read, stepUp } from "../fixtures/factors.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  personOf,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";

interface Listing {
  readonly entries: readonly Record<string, unknown>[];
  readonly next: number | null;
}

/** A download nobody stated a purpose for: no route of the host lets one happen, an older version might have. */
function downloadBy(id: string, at: number): Access {
  return {
    at,
    actor: { kind: "tool", id, sellerId: "S1" },
    session: null,
    factor: null,
    origin: { ip: "203.0.113.9", agent: null },
    action: "download",
    outcome: "refused",
    reason: "role-lacks-action",
    route: "POST /exports",
    purpose: null,
    policy: { edition: "kr-2026-10-31", overrides: {} },
    surface: null,
    allowed: NO_KINDS,
    profile: null,
    records: [],
  };
}

describe("garim.auditor()", () => {
  let shop: Shop;
  let port: number;
  let owner: Person;
  let auditor: Person;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      const guard = garim.reveal(orderLine, { purpose: "fulfilment" });
      app.get("/line", guard, (_req, res) => void res.json(tidy(lineOf())));
      app.use("/auditor", garim.auditor());
      app.get("/auditor/page", (_req, res) => void res.send("hidden by the router"));
    });
    port = await shop.listen();
    owner = await enrolledPerson(shop, port, OWNER);
    for (let i = 0; i < 3; i++) await owner.get("/line");
    await owner.get("/auditor/denied");
    await shop.garim.log.append(downloadBy("ship-easy", shop.clock.now));
    auditor = await enrolledPerson(shop, port, "auditor/audrey");
  });
  afterAll(() => shop.close());

  const newest = async () => (await shop.garim.log.find({}, { limit: 1 })).entries[0];
  const get = async (path: string): Promise<Listing> =>
    (await (await auditor.get(`/auditor/${path}`)).json()) as Listing;
  const post = async (path: string, body: object): Promise<Listing> =>
    (await (await auditor.post(`/auditor/${path}`, body)).json()) as Listing;
  const actionsOf = ({ entries }: Listing) => entries.map(({ action }) => action);

  describe("a verb", () => {
    it("who-saw takes its subject in the body, and tells who saw them", async () => {
      const { entries } = await post("who-saw", { phone: "010-9173-1234", limit: 10 });
      expect(entries).toHaveLength(3);
      expect(entries[0]).toMatchObject({
        actor: { kind: "staff", id: "anna", sellerId: "S1" },
        action: "view",
        subjects: 2,
        pseudonyms: [{ type: "buyer" }, { type: "phone" }],
      });
      expect(JSON.stringify(entries)).not.toContain(CANARY.phone);
      expect((await newest())?.access).toMatchObject({
        actor: { kind: "auditor", id: "audrey" },
        action: "log-query",
        route: "POST /auditor/who-saw",
        asked: [{ type: "phone" }],
        detail: { verb: "who-saw", limit: 10 },
      });
    });

    it.each([
      ["by-actor?actor=anna&action=view", ["view", "view", "view"]],
      ["by-tool?tool=ship-easy", ["download"]],
      ["downloads", ["download"]],
      ["downloads?purpose=none", ["download"]],
      ["downloads?purpose=stated", []],
      ["denied?actor=anna", ["log-query"]],
      ["records?actor=anna&outcome=disclosed", ["view", "view", "view"]],
      ["who-saw?buyer=b-1&seller=S1", ["view", "view", "view"]],
      ["who-saw?buyer=b-1&seller=S2", []],
      ["rights-history?person=anna", ["enrol-factor", "enrol-factor", "change-roles"]],
    ])("answers GET %s", async (path, actions) => {
      expect(actionsOf(await get(path))).toEqual(actions);
    });

    it("sessions tells each from log-in to end, though a proof changed its id", async () => {
      const ben = await enrolledPerson(shop, port, "staff/ben/S1/owner");
      const answer = async () => await read(await auditor.get("/auditor/sessions?actor=ben"));
      const session = { actor: { id: "ben" }, origin: { ip: "127.0.0.1" }, factors: [{ method: "totp" }] };
      expect(await answer()).toMatchObject({ sessions: [{ ...session, endedAt: null }], next: null });
      await ben.post("/privacy/sign-out", {});
      expect(await answer()).toMatchObject({ sessions: [{ ...session, ending: "log-out" }], next: null });
      expect((await newest())?.access.detail).toMatchObject({ verb: "sessions", actor: "ben" });
    });

    it("pages by key, by address and by body alike", async () => {
      const first = await get("by-actor?actor=anna&limit=2");
      const second = await post("by-actor", { actor: "anna", limit: 2, before: first.next });
      expect(Number(second.entries[0]?.["seq"])).toBeLessThan(Number(first.entries[1]?.["seq"]));
    });

    it("names its record, and is kept by no cache", async () => {
      const answer = await auditor.get("/auditor/denied");
      expect(answer.headers.get("garim-record")).toBe((await newest())?.id);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    });
  });

  describe("what cannot be asked", () => {
    it.each([
      ["by-actor", /actor is missing/],
      ["by-tool", /tool is missing/],
      ["who-saw", /one of buyer, phone, order/],
      ["who-saw?buyer=a&order=b", /one of buyer, phone, order/],
      ["who-saw?buyr=a", /has no "buyr"\. Did you mean buyer\?/],
      ["denied?outcome=done", /says outcome itself/],
      ["by-tool?tool=a&actor=b", /says actor itself/],
      ["downloads?purpose=shipping", /none or stated/],
      ["denied?seler=S1", /Did you mean seller\?/],
      ["denied?seller=S1&seller=S2", /takes seller once/],
      ["denied?seller[]=S1", /has no "seller\[\]"/],
      ["denied?limit=0", /1 to 1000/],
      ["denied?limit=ten", /whole number/],
      ["denied?from=2026-11-01", /with a zone/],
      ["denied?from=3&to=2", /before its to/],
      ["records?action=peek", /one of view/],
      ["records?buyer=a&tool=b", /not both/],
    ])("is 400 by GET %s, says why, and is not recorded", async (path, message) => {
      const before = (await newest())?.seq;
      const answer = await auditor.get(`/auditor/${path}`);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        code: "ERR_GARIM_QUERY_INVALID",
        detail: expect.stringMatching(message),
      });
      expect((await newest())?.seq).toBe(before);
    });

    it.each([
      { seller: ["S1"] },
      { seller: { $ne: "S1" } },
      { seller: null },
      { seller: true },
      { limit: 1.5 },
      { subject: { type: "buyer", id: "b-1" } },
      ["S1"],
      JSON.parse('{"__proto__":{"seller":"S2"}}'),
    ])("is 400 by POST %j", async (body) => {
      const answer = await auditor.post("/auditor/denied", body);
      expect([answer.status, (await read(answer))["code"]]).toEqual([400, "ERR_GARIM_QUERY_INVALID"]);
    });

    it("[V14.2.1] is a POST with parameters in its address: they would narrow nothing, and stay in proxies' logs", async () => {
      const answer = await auditor.post("/auditor/who-saw?seller=S1", { buyer: "b-1" });
      expect(answer.status).toBe(400);
    });

    it.each([
      ["GET", "/auditor/who-saws", /Did you mean who-saw\?/],
      ["GET", "/auditor/exports", /by POST/],
      ["DELETE", "/auditor/records", /by GET or POST/],
      ["GET", "/auditor/page", /It takes: who-saw/],
    ])("is an unknown verb: %s %s is 404 to an auditor", async (method, path, message) => {
      const answer = await (method === "GET" ? auditor.get(path) : auditor.delete(path));
      expect(answer.status).toBe(404);
      expect((await read(answer))["detail"]).toMatch(message);
    });
  });

  describe("those who may not ask", () => {
    it.each([
      ["GET", "/auditor/who-saw?buyer=b-1", "log-query"],
      ["POST", "/auditor/exports", "export-log"],
      ["POST", "/auditor/resolve-subject", "resolve-subject"],
      ["GET", "/auditor/anything", "log-query"],
    ])("are refused %s %s, on record", async (method, path, action) => {
      for (const user of [owner, await enrolledPerson(shop, port, `operator/o${Math.random()}`)]) {
        const answer = await (method === "GET" ? user.get(path) : user.post(path, {}));
        expect([answer.status, (await read(answer))["reason"]]).toEqual([403, "role-lacks-action"]);
        expect((await newest())?.access).toMatchObject({
          action,
          outcome: "refused",
          reason: "role-lacks-action",
        });
      }
    });

    it("[V8.4.2] are auditors without a second factor, and nobody", async () => {
      const fresh = personOf(port, "auditor/new", shop.clock.now);
      expect((await fresh.get("/auditor/denied")).status).toBe(401);
      expect((await fetch(`http://127.0.0.1:${port}/auditor/denied`)).status).toBe(401);
    });

    it.each(["exports", "resolve-subject", "who-saw"])("are other sites' pages: POST %s", async (path) => {
      const answer = await fetch(`http://127.0.0.1:${port}/auditor/${path}`, {
        method: "POST",
        headers: { ...auditor.headers, "content-type": "application/json", "sec-fetch-site": "cross-site" },
        body: "{}",
      });
      expect([answer.status, (await read(answer))["reason"]]).toEqual([403, "cross-site"]);
    });
  });

  describe("an export", () => {
    const wanted = { verb: "by-actor", actor: "anna", format: "ndjson" };

    it("is a file of everything, its hash on record before it leaves", async () => {
      const answer = await auditor.post("/auditor/exports", { ...wanted, action: "view" });
      const bytes = Buffer.from(await answer.arrayBuffer());
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      expect([answer.status, answer.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
      expect(answer.headers.get("content-disposition")).toBe(
        'attachment; filename="access-log-by-actor-2026-11-22.ndjson"',
      );
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("repr-digest")).toBe(
        `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`,
      );
      const rows = bytes.toString("utf8").trimEnd().split("\n");
      expect(rows.map((row) => JSON.parse(row).action)).toEqual(["view", "view", "view"]);
      const entry = await newest();
      expect(answer.headers.get("garim-record")).toBe(entry?.id);
      expect(entry?.access).toMatchObject({
        actor: { id: "audrey" },
        action: "export-log",
        outcome: "done",
        route: "POST /auditor/exports",
        file: { sha256, sizeBytes: bytes.length },
        detail: { verb: "by-actor", actor: "anna", format: "ndjson", rows: 3, damaged: 0 },
      });
    });

    it("is a workbook that opens with its password alone, its mark on record and the password nowhere", async () => {
      const password = "Barun!4071-열쇠";
      const answer = await auditor.post("/auditor/exports", {
        ...wanted,
        action: "view",
        format: "xlsx",
        password,
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect([answer.status, answer.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
      expect(answer.headers.get("content-disposition")).toMatch(/\.xlsx"$/);
      const { mark, sheets } = await openWorkbook(bytes, password);
      const [about, data] = sheets.map((sheet) => [...sheet.rows()]);
      expect(data?.[0]?.[0]).toBe("일련번호");
      expect(data?.slice(1).map((row) => row[9])).toEqual(["조회", "조회", "조회"]);
      expect(about).toContainEqual(["내보낸 사람", "Exported by", "audrey"]);
      expect(about).toContainEqual(["내보내기 번호", "Export", mark]);
      await expect(openWorkbook(bytes, `${password}.`)).rejects.toMatchObject({
        code: "ERR_GARIM_WORKBOOK_PASSWORD",
      });
      const entry = await newest();
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      expect(entry?.access).toMatchObject({ file: { sha256 }, detail: { format: "xlsx", mark, rows: 3 } });
      expect(JSON.stringify(entry)).not.toContain("4071-");
    });

    it.each([
      ["ko", "\ufeff일련번호,"],
      ["en", "\ufeffPlace,"],
    ])("is a sheet in %s", async (language, head) => {
      const answer = await auditor.post("/auditor/exports", { verb: "denied", format: "csv", language });
      expect(answer.headers.get("content-type")).toMatch(/^text\/csv/);
      const text = Buffer.from(await answer.arrayBuffer()).toString("utf8");
      expect(text.startsWith(head)).toBe(true);
    });

    it.each([
      [{ verb: "by-acter", format: "csv" }, /Did you mean by-actor\?/],
      [{ verb: ["denied"], format: "csv" }, /needs verb/],
      [{ verb: "denied" }, /needs format/],
      [{ verb: "denied", format: "xls" }, /csv, ndjson, xlsx/],
      [{ verb: "denied", format: "xlsx" }, /need a password/],
      [{ verb: "denied", format: "xlsx", password: "hunter2" }, /at least 10 characters/],
      [{ verb: "denied", format: "csv", password: "Barun!4071" }, /csv has no password/],
      [{ verb: "denied", format: "csv", language: "jp" }, /ko, en/],
      [{ verb: "denied", format: "csv", limit: 5 }, /has no "limit"/],
      [{ verb: "denied", format: "csv", filename: "../x\r\nSet-Cookie: a=b" }, /has no "filename"/],
    ])("is none of %j", async (body, message) => {
      const answer = await auditor.post("/auditor/exports", body);
      expect(answer.status).toBe(400);
      expect((await read(answer))["detail"]).toMatch(message);
      expect(answer.headers.get("content-disposition")).toBeNull();
    });

    it("asks for a second factor as fresh as a download", async () => {
      const late = await enrolledPerson(shop, port, "auditor/late");
      for (let quarter = 0; quarter < 3; quarter++) {
        shop.clock.now += 15 * 60_000;
        expect((await late.get("/auditor/denied?limit=1")).status).toBe(200);
      }
      const refused = await late.post("/auditor/exports", wanted);
      expect(await read(refused)).toMatchObject({ reason: "second-factor-stale", action: "download" });
      await stepUp(late, shop, "download");
      expect((await late.post("/auditor/exports", wanted)).status).toBe(200);
    });
  });

  describe("resolve-subject", () => {
    const purpose = "유출 신고 확인";
    const candidates = [
      { type: "buyer", id: "b-1" },
      { type: "phone", id: CANARY.phone },
      { type: "buyer", id: "b-2" },
    ];
    let keeper: Person;
    let hex: string;

    beforeAll(async () => {
      keeper = await enrolledPerson(shop, port, "auditor/keeper");
      const { entries } = await shop.garim.log.find({ subject: subject.buyer("b-1"), actions: ["view"] });
      hex = entries[0]?.access.records[0]?.subjects[0]?.hex ?? "";
    });

    it("tells whose a pseudonym is, for its purpose, on record", async () => {
      const answer = await keeper.post("/auditor/resolve-subject", {
        pseudonyms: [hex],
        candidates,
        purpose,
      });
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { resolved: [{ hex, type: "buyer", id: "b-1" }] },
      ]);
      const entry = await newest();
      expect(answer.headers.get("garim-record")).toBe(entry?.id);
      expect(entry?.access).toMatchObject({
        action: "resolve-subject",
        purpose,
        asked: [{ type: "buyer", hex }],
      });
      expect(JSON.stringify(entry)).not.toMatch(/\bb-1\b/);
    });

    it.each([
      { purpose: " " },
      { purpose: undefined },
      { pseudonyms: "x" },
      { candidates: { type: "buyer", id: "b-1" } },
      { candidates: [{ type: "email", id: "a" }] },
      { candidates: [null] },
      { candidates: [{ type: "buyer", id: 7 }] },
      { candidates: [{ type: "phone", id: "" }] },
      { because: purpose },
    ])("is 400 with %j", async (wrong) => {
      const body = { pseudonyms: [hex], candidates, purpose, ...wrong };
      const answer = await keeper.post("/auditor/resolve-subject", body);
      expect(answer.status).toBe(400);
    });

    it("asks for a second factor as fresh as a change of rights", async () => {
      shop.clock.now += 6 * 60_000;
      const answer = await keeper.post("/auditor/resolve-subject", {
        pseudonyms: [hex],
        candidates,
        purpose,
      });
      expect(await read(answer)).toMatchObject({ reason: "second-factor-stale", action: "manage" });
    });
  });
});
