import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ACCESS_ACTIONS } from "@garim/audit";
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
import { TOP } from "../workspace.ts";

const HOUR = 3_600_000;

describe("garim.auditor(): what auditors' pages are made of", () => {
  let shop: Shop;
  let auditor: Person;
  let ofSeller: Person;
  let view: string;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      const guard = garim.reveal(orderLine, { purpose: "fulfilment" });
      app.get("/line", guard, (_req, res) => void res.json(tidy(lineOf())));
      app.use("/auditor", garim.auditor());
    });
    const port = await shop.listen();
    const owner = await enrolledPerson(shop, port, OWNER);
    for (let i = 0; i < 3; i++) view = (await owner.get("/line")).headers.get("garim-record") ?? "";
    await owner.get("/auditor/denied");
    auditor = await enrolledPerson(shop, port, "auditor/audrey");
    ofSeller = await enrolledPerson(shop, port, "auditor/sue/S2");
  });
  afterAll(() => shop.close());

  const newest = async () => (await shop.garim.log.find({}, { limit: 1 })).entries[0];
  const post = async (path: string, body: object, by = auditor) => {
    const answer = (await by.post(`/auditor/${path}`, body)) as Response;
    return {
      status: answer.status,
      headers: answer.headers,
      body: (await answer.json()) as Record<string, unknown>,
    };
  };
  /** By the database's clock, which is the computer's. */
  const lately = () => ({ from: Date.now() - 2 * HOUR, to: Date.now() + HOUR });

  describe("POST charts", () => {
    it("counts what was shown and what was refused, on record", async () => {
      const { status, body, headers } = await post("charts", { ...lately(), actor: "anna" });
      const volume = body["volume"] as readonly Record<string, number>[];
      const sum = (name: string) => volume.reduce((all, point) => all + (point[name] ?? 0), 0);
      expect([status, sum("disclosed"), sum("refused")]).toEqual([200, 3, 1]);
      expect(body).toMatchObject({
        step: "hour",
        past: [{ records: 0 }, { records: 0 }, { records: 0 }, { records: 0 }],
      });
      expect((body["week"] as readonly number[][]).map((hours) => hours.length)).toEqual(Array(7).fill(24));
      expect(headers.get("garim-record")).toBe((await newest())?.id);
      expect((await newest())?.access.detail).toMatchObject({ verb: "charts", actor: "anna" });
    });

    it("takes whom it is about in the body, and keeps them out of the record's text", async () => {
      const { body } = await post("charts", { ...lately(), phone: CANARY.phone });
      expect(body["records"]).toBe(3);
      expect(JSON.stringify(await newest())).not.toContain(CANARY.phone);
    });

    it("counts nothing of another seller for an auditor of one", async () => {
      expect((await post("charts", { ...lately(), actor: "anna" }, ofSeller)).body["records"]).toBe(0);
    });

    it.each([
      [{ from: "yesterday" }, /from must be a moment/],
      [{ from: 0, to: 500 * 24 * HOUR }, /at most 400 days/],
      [{ limit: 5 }, /has no "limit"/],
      [{ tool: "a", buyer: "b" }, /not both/],
    ])("refuses %j", async (wrong, message) => {
      const { status, body } = await post("charts", wrong);
      expect([status, body["detail"]]).toEqual([400, expect.stringMatching(message)]);
    });
  });

  describe("POST record", () => {
    it("shows what was decided in words, in the language of who asks, and no data of the buyer", async () => {
      const { status, body } = await post("record", { record: view });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        id: view,
        action: "view",
        isSameAgain: true,
        decisions: [{ schema: "orderLine", words: expect.stringContaining("근거: ") }],
      });
      auditor.headers["accept-language"] = "en";
      expect((await post("record", { record: body["seq"] as number })).body["decisions"]).toMatchObject([
        { words: expect.stringContaining("Rule: ") },
      ]);
      delete auditor.headers["accept-language"];
      for (const secret of Object.values(CANARY)) expect(JSON.stringify(body)).not.toContain(secret);
    });

    it("says why something was refused", async () => {
      const [refused] = (await shop.garim.log.find({ outcome: "refused", actor: "anna" })).entries;
      const { body } = await post("record", { record: refused?.seq ?? 0 });
      expect(body).toMatchObject({
        because: expect.stringMatching(/[가-힣]/),
        decisions: [],
        isSameAgain: null,
      });
    });

    it.each([
      [{}, /record is missing/],
      [{ record: "x" }, /by its place in the log/],
      [{ record: 99_999 }, /holds no record 99999/],
      [{ record: 1, more: 1 }, /has no "more"/],
    ])("refuses %j", async (wrong, message) => {
      const { status, body } = await post("record", wrong);
      expect([status, body["detail"]]).toEqual([400, expect.stringMatching(message)]);
    });

    it("tells nothing of another seller's record, and names one that was changed", async () => {
      expect((await post("record", { record: view }, ofSeller)).status).toBe(400);
      const [entry] = (await shop.garim.log.find({ actor: "anna", actions: ["view"] })).entries;
      await shop.database.query(
        "update garim.log_record set body = '\\xff'::bytea || substr(body, 2) where seq = $1::text::bigint",
        [String(entry?.seq)],
      );
      const { status, body } = await post("record", { record: entry?.seq ?? 0 });
      expect([status, body["code"]]).toEqual([400, "ERR_GARIM_RECORD_INVALID"]);
    });
  });

  describe("POST proof", () => {
    it("says what is missing where nothing is sealed yet; the question stays on record", async () => {
      const { status, body } = await post("proof", { record: 1 });
      expect([status, body["detail"]]).toEqual([
        400,
        expect.stringMatching(/No checkpoint covers record 1 yet/),
      ]);
      expect((await newest())?.access).toMatchObject({
        action: "log-query",
        detail: { verb: "prove", record: "1" },
      });
    });

    it.each([
      [{ record: 1, checkpoint: "last" }, /checkpoint must be a whole number/],
      [{}, /record is missing/],
    ])("refuses %j", async (wrong, message) => {
      expect((await post("proof", wrong)).body["detail"]).toMatch(message);
    });
  });

  describe("GET status", () => {
    it("tells how long the log is, and puts nothing on record", async () => {
      const before = (await newest())?.seq;
      const answer = await auditor.get("/auditor/status");
      expect(await answer.json()).toMatchObject({ records: before, checkpoint: null, verified: null });
      expect((await newest())?.seq).toBe(before);
    });
  });

  describe("GET words", () => {
    it("has a word for every action and outcome of the log, in the language of who asks", async () => {
      const words = async () =>
        (await (await auditor.get("/auditor/words")).json()) as Record<string, object>;
      const korean = await words();
      expect(Object.keys(korean["actions"] ?? {})).toEqual([...ACCESS_ACTIONS]);
      expect(korean).toMatchObject({ outcomes: { refused: "거절" }, subjects: { buyer: "구매자" } });
      auditor.headers["accept-language"] = "en";
      expect(await words()).toMatchObject({ subjects: { buyer: expect.stringMatching(/^[a-z]/i) } });
      delete auditor.headers["accept-language"];
    });
  });

  describe("POST scope", () => {
    it("puts what people wrote into the drafts, and names what plays the leak down", async () => {
      const contents = { contact: "privacy@shop.example, 02-123-4567", response: "노출된 키를 폐기했습니다" };
      const knownAt = shop.clock.now;
      const { body } = await post("scope", { staff: "anna", knownAt, contents });
      expect(body["drafts"]).toMatchObject({
        notice: { ko: expect.stringContaining(contents.contact) },
        missing: expect.not.arrayContaining(["contact", "response"]),
        softWords: ["노출"],
      });
      expect(JSON.stringify(await newest())).not.toContain("privacy@");
    });

    it.each([
      [{ contents: "x" }, /contents must be an object/],
      [{ contents: { contakt: "x" } }, /Did you mean contact\?/],
      [{ contents: { contact: 7 } }, /contents.contact must be a text/],
      [{ contents: { contact: "x".repeat(4_001) } }, /at most 4000/],
    ])("refuses %j", async (wrong, message) => {
      const { status, body } = await post("scope", { staff: "anna", ...wrong });
      expect([status, body["detail"]]).toEqual([400, expect.stringMatching(message)]);
    });
  });

  describe("GET openapi.json", () => {
    it("[V6.3.4] describes every endpoint of the router, and no other", async () => {
      const { paths, servers } = (await (await auditor.get("/auditor/openapi.json")).json()) as {
        paths: Readonly<Record<string, object>>;
        servers: readonly object[];
      };
      const described = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      );
      const served = shop.garim
        .routes(shop.app)
        .filter(({ path }) => path.startsWith("/auditor/"))
        .map(({ method, path }) => `${method} ${path.slice("/auditor".length)}`);
      expect(described.toSorted()).toEqual(served.toSorted());
      expect(servers).toEqual([{ url: "/auditor" }]);
    });

    it("names every member that answers have, and every one that is taken", async () => {
      const document = (await (await auditor.get("/auditor/openapi.json")).json()) as never;
      const schemas = document["components"]["schemas"] as Readonly<
        Record<string, { properties: object; allOf?: never }>
      >;
      const named = (name: string) => Object.keys(schemas[name]?.properties ?? {}).toSorted();
      const members = (value: unknown) => Object.keys(value as object).toSorted();
      const { body: charts } = await post("charts", lately());
      expect(named("Charts")).toEqual(members(charts));
      expect(named("Status")).toEqual(members(await (await auditor.get("/auditor/status")).json()));
      const { body: page } = await post("denied", { limit: 1 });
      expect(named("Entries")).toEqual(members(page));
      expect(named("Entry")).toEqual(members((page["entries"] as readonly object[])[0]));
      const taken = Object.keys(
        document["paths"]["/denied"]["post"]["requestBody"]["content"]["application/json"]["schema"][
          "properties"
        ],
      );
      const readme = readFileSync(join(TOP, "packages/express/README.md"), "utf8");
      for (const name of taken) expect(readme).toContain(`\`${name}\``);
    });
  });

  // The last one: time goes on for everybody.
  it("[code-2022/idle] pages that ask how the log stands by themselves keep no session open", async () => {
    const away = await enrolledPerson(shop, await shop.listen(), "auditor/away");
    shop.clock.now += HOUR / 2 - 6_000;
    expect((await away.get("/auditor/status")).status).toBe(200);
    shop.clock.now += 12_000;
    const late = await away.get("/auditor/status");
    expect([late.status, await late.json()]).toMatchObject([401, { reason: "session-idle" }]);
  });
});
