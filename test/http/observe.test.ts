import type { PGlite } from "@electric-sql/pglite";
import type { LogEntry, ObserveReport } from "@garim/audit";
import { type Garim, type GarimOptions, open, type RevealOptions } from "@garim/express";
import { DAY } from "@garim/policy";
import type { Express, RequestHandler } from "express";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freshKeys } from "../fixtures/keys.ts";
import { openMarketDatabase } from "../fixtures/market-database.ts";
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

const START = Date.parse("2026-11-22T09:00:00+09:00");
const WEEK = 7 * DAY;
const OBSERVED = { purpose: "fulfilment", dangerouslyObserve: { until: START + WEEK } };

const openLine = tidy(lineOf({ confirmedAt: null, orderNo: "1" }));
const endedLine = tidy(lineOf({ orderNo: "2" }));
const foreignLine = tidy(lineOf({ sellerId: "S2", orderNo: "3" }));

const chattyLine = Object.assign(tidy(lineOf({ confirmedAt: null })), {
  nickname: "n",
  "010-1234-5678": "x",
  tel01012345678: "x",
});

const answer =
  (value: unknown): RequestHandler =>
  (_req, res) =>
    void res.json(value);

let database: PGlite;
const keys = freshKeys();
beforeAll(async () => {
  database = await openMarketDatabase();
});
afterAll(() => database.close());

/** Routes of a host as they were before Garim, with and without the guard that only observes. */
function mountHost(app: Express, garim: Garim): void {
  mountPrivacy(app, garim);
  const lines = [openLine, endedLine];
  app.get(
    "/lines",
    garim.reveal({ total: open(), lines: [orderLine] }, OBSERVED),
    answer({ total: 2, lines }),
  );
  app.get("/plain/lines", answer({ total: 2, lines }));
  app.get("/foreign", garim.reveal([orderLine], OBSERVED), answer([openLine, foreignLine]));
  const page: RequestHandler = (_req, res) =>
    void res.type("html").set("X-Kind", "page").send("<p>orders</p>");
  app.get("/page", garim.reveal([orderLine], OBSERVED), page);
  app.get("/plain/page", page);
  const stream: RequestHandler = (_req, res) => {
    res.write("one,");
    res.end("two");
  };
  app.get("/stream", garim.reveal([orderLine], OBSERVED), stream);
  app.get("/plain/stream", stream);
  const gone: RequestHandler = (_req, res) => void res.status(404).json({ message: "주문이 없습니다" });
  app.get("/gone", garim.reveal(orderLine, OBSERVED), gone);
  app.get("/plain/gone", gone);
  const broken: RequestHandler = (_req, res) => void res.json({ not: "a list" });
  app.get("/broken", garim.reveal([orderLine], OBSERVED), broken);
  const chatty: RequestHandler = (_req, res) => void res.set("X-Total-Count", "1").json([chattyLine]);
  app.get("/chatty", garim.reveal([orderLine], OBSERVED), chatty);
  app.use("/auditor", garim.auditor());
  app.get("/enforced", garim.reveal([orderLine], { purpose: "fulfilment" }), answer([endedLine]));
}

const records = async (shop: Shop, route: string): Promise<readonly LogEntry["access"][]> => {
  const { entries } = await shop.garim.log.find({ actions: ["view"] }, { limit: 100 });
  return entries.map(({ access }) => access).filter((access) => access.route === `GET ${route}`);
};

/** Nothing waits for what is recorded of an observed answer. */
const recorded = async (shop: Shop, route: string, count = 1): Promise<readonly LogEntry["access"][]> => {
  await vi.waitFor(async () => expect(await records(shop, route)).toHaveLength(count));
  return await records(shop, route);
};

describe("dangerouslyObserve of a route", () => {
  let shop: Shop;
  let port: number;
  let owner: Person;
  let fresh: Person;

  beforeAll(async () => {
    shop = await openShop(mountHost, { database, keys });
    port = await shop.listen();
    owner = await enrolledPerson(shop, port, OWNER);
    fresh = personOf(port, "staff/ben/S1/shipper", shop.clock.now);
  });
  afterAll(() => shop.close());

  it.each(["lines", "page", "stream", "gone"])(
    "leaves the answer of /%s as it was, byte for byte",
    async (path) => {
      const [seen, plain] = await Promise.all([owner.get(`/${path}`), owner.get(`/plain/${path}`)]);
      expect(await seen.text()).toBe(await plain.text());
      const headersOf = (from: Response): object => {
        const { date: _, "garim-observe": __, ...headers } = Object.fromEntries(from.headers);
        return headers;
      };
      expect([seen.status, headersOf(seen)]).toEqual([plain.status, headersOf(plain)]);
      expect(seen.headers.get("garim-observe")).toBe(`until="${new Date(START + WEEK).toISOString()}"`);
    },
  );

  it("puts on record what enforcing would have shown, with the data subjects, as observed", async () => {
    const [access] = await recorded(shop, "/lines");
    expect(access).toMatchObject({ mode: "observe", outcome: "disclosed", reason: null });
    expect(access?.records.map(({ disclosure }) => disclosure.kind)).toEqual(["reveal", "mask"]);
    expect(access?.records.every(({ subjects }) => subjects.length === 2)).toBe(true);
    expect(access?.detail?.["masked1"]).toMatch(/^orderLine purpose-ended 1 buyer\.name buyer\.phone/);
  });

  it("lets who proved no second factor through as before, and says what would have refused it", async () => {
    const seen = await fresh.get("/lines");
    expect(seen.status).toBe(200);
    const all = await recorded(shop, "/lines", 2);
    expect(all[0]).toMatchObject({
      mode: "observe",
      outcome: "disclosed",
      reason: "second-factor-unenrolled",
      actor: { id: "ben" },
    });
    expect(all[0]?.records).toHaveLength(2);
  });

  it("puts whoever got data without a log-in on record too, and whoever got none not", async () => {
    const nobody = personOf(port, "x", 0);
    delete nobody.headers["x-user"];
    expect((await nobody.get("/lines")).status).toBe(200);
    expect((await nobody.get("/gone")).status).toBe(404);
    const all = await recorded(shop, "/lines", 3);
    expect(all[0]).toMatchObject({ actor: { kind: "anonymous" }, reason: "not-logged-in" });
    expect((await records(shop, "/gone")).some(({ actor }) => actor.kind === "anonymous")).toBe(false);
  });

  it.each([
    ["/foreign", "other-seller", 200],
    ["/page", "answer-refused", 200],
    ["/broken", "answer-refused", 200],
  ])("says of %s that enforcing would refuse it: %s", async (path, reason, status) => {
    expect((await owner.get(path)).status).toBe(status);
    const [access] = await recorded(shop, path, path === "/page" ? 2 : 1);
    expect(access).toMatchObject({ mode: "observe", outcome: "disclosed", reason });
    expect(access?.records).toHaveLength(path === "/foreign" ? 2 : 0);
  });

  it("names members and headers that would not be sent, but never data in their place", async () => {
    await owner.get("/chatty");
    const [access] = await recorded(shop, "/chatty");
    expect(access?.detail).toMatchObject({ undeclared: "[].nickname", headers: "x-total-count" });
    expect(JSON.stringify(access?.detail)).not.toMatch(/1234-?5678/);
  });

  it("lifts nothing of a session that has ended", async () => {
    const idle = await enrolledPerson(shop, port, "staff/carl/S1/owner");
    shop.clock.now += 31 * 60_000;
    const seen = await idle.get("/lines");
    expect([seen.status, await seen.json()]).toEqual([
      401,
      expect.objectContaining({ reason: "session-idle" }),
    ]);
  });

  it("[J5] enforces whoever comes with a token of sellers' tools, whatever the host's log-in says", async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/lines`, {
      headers: { ...fresh.headers, authorization: "DPoP made.up.token" },
    });
    expect([answer.status, answer.headers.has("garim-observe")]).toEqual([401, false]);
  });

  it("[P4] says the line that names a proxy, where requests are forwarded and none is named", async () => {
    await fetch(`http://127.0.0.1:${port}/enforced`, { headers: { "x-forwarded-for": "203.0.113.9" } });
    expect(shop.diagnostics).toContainEqual({
      code: "ERR_GARIM_DEPLOYMENT",
      help: expect.stringContaining('app.set("trust proxy", ["127.0.0.1"])'),
      message: "garim: the app's proxies are not named",
    });
    expect(JSON.stringify(shop.diagnostics)).not.toContain("203.0.113.9");
  });

  it("is listed with its end, and strict mode does not take it for unguarded", () => {
    const listed = shop.garim.routes(shop.app).find(({ path }) => path === "/lines");
    expect(listed).toEqual({ method: "GET", path: "/lines", state: "observed", until: START + WEEK });
    expect(() => shop.garim.routes(shop.app, { strict: true })).toThrow(/Nothing guards GET \/plain\/lines/);
    expect(() => shop.garim.routes(shop.app, { strict: true })).not.toThrow(/GET \/lines/);
  });

  it("puts its beginning on record where auditors look for what was in force", async () => {
    const { entries } = await shop.garim.log.find({ actions: ["change-policy"] });
    const details = entries.map(({ access }) => access.detail);
    expect(details).toContainEqual({ observe: "GET /lines", until: new Date(START + WEEK).toISOString() });
    expect(details.filter((detail) => detail?.["observe"] === "GET /lines")).toHaveLength(1);
  });

  it("shouts at start", () => {
    expect(shop.diagnostics).toContainEqual({
      until: new Date(START + WEEK).toISOString(),
      message: expect.stringContaining("DANGEROUS"),
    });
  });

  it("reports to auditors what enforcing would change, by route and reason, and puts the question on record", async () => {
    const auditor = await enrolledPerson(shop, port, "auditor/kim");
    const asked = await auditor.post("/auditor/observed", { from: 0, to: 4_000_000_000_000 });
    const { report, text, file } = (await asked.json()) as {
      report: ObserveReport;
      text: { ko: string; en: string };
      file: { sha256: string };
    };
    const lines = report.routes.find(({ route }) => route === "GET /lines");
    expect(lines).toMatchObject({ answers: 3, unchanged: 0 });
    expect(lines?.refused.map(({ reason, count }) => [reason, count])).toEqual(
      expect.arrayContaining([
        ["second-factor-unenrolled", 1],
        ["not-logged-in", 1],
      ]),
    );
    expect(lines?.masked).toContainEqual(
      expect.objectContaining({
        schema: "orderLine",
        field: "buyer.phone",
        reason: "purpose-ended",
        count: 1,
      }),
    );
    expect(text.en).toContain("GET /lines: 3 answers, 0 of them would leave as they are");
    expect(text.ko).toContain("GET /lines: 응답 3건");
    const { entries } = await shop.garim.log.find({ actions: ["export-log"] });
    expect(entries[0]?.access).toMatchObject({ file, detail: { verb: "observed" }, actor: { id: "kim" } });
  });

  it("enforces at the very moment it ends, on the running process", async () => {
    shop.clock.now = START + WEEK - 1;
    const last = await enrolledPerson(shop, port, "staff/dora/S1/owner");
    expect((await last.get("/lines")).headers.get("garim-observe")).not.toBeNull();
    shop.clock.now += 1;
    const after = await last.get("/lines");
    expect(after.headers.get("garim-observe")).toBeNull();
    expect(JSON.stringify(await after.json())).toContain("purpose-ended");
    expect(shop.garim.routes(shop.app).find(({ path }) => path === "/lines")?.state).toBe("guarded");
  });
});

/** Starts once more on the same database, as a process that was restarted does. */
const restarted = (now: number, mount: Parameters<typeof openShop>[0]): Promise<Shop> =>
  openShop(mount, { database, keys, clock: () => now });

const RESTARTER = "staff/rob/S1/owner";

const observing =
  (until: number, path = "/rolling") =>
  (app: Express, garim: Garim) => {
    mountPrivacy(app, garim);
    const options = { purpose: "fulfilment", dangerouslyObserve: { until } };
    app.get(path, garim.reveal([orderLine], options), answer([endedLine]));
  };

describe("dangerouslyObserve over restarts and nodes", () => {
  const ask = async (now: number, mount: Parameters<typeof openShop>[0]): Promise<string | null> => {
    const shop = await restarted(now, mount);
    try {
      const port = await shop.listen();
      const seen = await personOf(port, RESTARTER, now).get("/rolling");
      return seen.headers.get("garim-observe");
    } finally {
      await shop.close();
    }
  };

  it("ends 30 days after its first answer, whatever later starts say", async () => {
    const rolling = (now: number) => observing(now + 29 * DAY);
    expect(await ask(START, rolling(START))).not.toBeNull();
    const later = START + 20 * DAY;
    expect(await ask(later, rolling(later))).toBe(`until="${new Date(START + 30 * DAY).toISOString()}"`);
    const last = START + 30 * DAY;
    expect(await ask(last - 1, rolling(last - 1))).not.toBeNull();
    expect(await ask(last, rolling(last))).toBeNull();
  });

  it("does not observe a route that was guarded before", async () => {
    const guarded = (app: Express, garim: Garim): void => {
      mountPrivacy(app, garim);
      app.get("/guarded", garim.reveal([orderLine], { purpose: "fulfilment" }), answer([endedLine]));
    };
    const first = await restarted(START, guarded);
    const known = async (): Promise<number> =>
      (await database.query("select from garim.state where key like 'v1/observe/%'")).rows.length;
    const before = await known();
    await personOf(await first.listen(), RESTARTER, START).get("/guarded");
    await vi.waitFor(async () => expect(await known()).toBe(before + 1));
    await first.close();
    const second = await restarted(START, observing(START + DAY, "/guarded"));
    const seen = await personOf(await second.listen(), RESTARTER, START + 1).get("/guarded");
    expect([seen.status, seen.headers.get("garim-observe")]).toEqual([401, null]);
    expect(second.diagnostics).toContainEqual(
      expect.objectContaining({ route: "GET /guarded", message: expect.stringContaining("not taken") }),
    );
    await second.close();
  });

  it.each([
    [
      { until: START + 30 * DAY + 1 },
      /at most 30 days ahead; write dangerouslyObserve: { until: "2026-12-22T00:00:00\+09:00" }/,
    ],
    [{ until: "2026-12-01" }, /must be a moment with a zone; write dangerouslyObserve/],
    [{ untill: START }, /no option "untill"\. Did you mean until/],
  ])("does not start with %j", async (dangerouslyObserve, message) => {
    const shop = await restarted(START, () => undefined);
    const options = { purpose: "fulfilment", dangerouslyObserve } as unknown as RevealOptions;
    expect(() => shop.garim.reveal([orderLine], options)).toThrow(message);
    await shop.close();
  });

  it("starts where it has ended, and enforces", async () => {
    expect(await ask(START + 60 * DAY, observing(START))).toBeNull();
  });

  it("leaves the answer as it is while the log is out, and tells how many are not on record", async () => {
    const shop = await restarted(START, observing(START + DAY, "/outage"));
    const owner = personOf(await shop.listen(), RESTARTER, START);
    expect((await owner.get("/outage")).status).toBe(200);
    await shop.garim.log.close();
    const seen = await owner.get("/outage");
    expect([seen.status, await seen.json()]).toEqual([200, [JSON.parse(JSON.stringify(endedLine))]]);
    await vi.waitFor(() =>
      expect(shop.diagnostics).toContainEqual(
        expect.objectContaining({ route: "GET /outage", unrecorded: 1, code: "ERR_GARIM_LOG_CLOSED" }),
      ),
    );
    await shop.close();
  });
});

describe("dangerouslyObserve of some sellers", () => {
  let shop: Shop;
  let port: number;
  beforeAll(async () => {
    const dangerouslyObserve = { until: START + WEEK, sellers: ["S1"] };
    shop = await openShop(
      (app, garim) => {
        mountPrivacy(app, garim);
        const each: RequestHandler = (req, res) =>
          void res.json([tidy(lineOf({ sellerId: req.get("x-user")?.split("/")[2] ?? "" }))]);
        app.get("/each", garim.reveal([orderLine], { purpose: "fulfilment" }), each);
      },
      { database, keys, dangerouslyObserve },
    );
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  it.each([
    ["staff/sue/S1/owner", 200],
    ["staff/ben/S2/owner", 401],
    ["operator/lee", 401],
  ])("observes those and enforces for all others: %s", async (user, status) => {
    const seen = await personOf(port, user, START).get("/each");
    expect([seen.status, seen.headers.has("garim-observe")]).toEqual([status, status === 200]);
  });

  it("is listed", () => {
    expect(shop.garim.routes(shop.app).find(({ path }) => path === "/each")).toMatchObject({
      state: "observed",
      forSome: true,
    });
  });

  it.each([
    [{ until: START + DAY }, /sellers must be a list/],
    [{ sellers: ["S1"] }, /until must be a moment/],
  ])("does not start with %j", async (dangerouslyObserve, message) => {
    const options = { dangerouslyObserve } as unknown as Partial<GarimOptions>;
    await expect(openShop(() => undefined, { database, keys, ...options })).rejects.toThrow(message);
  });
});
