import type { OperatorAlert } from "@garim/express";
import { context, type Span, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { METRICS } from "../../packages/express/src/telemetry/metrics.ts";
import { SPANS } from "../../packages/express/src/telemetry/tracer.ts";
import { tracesIn } from "../fixtures/canary.ts";
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

const TOKEN = "a-token-of-the-scraper";

describe("a node tells of itself", () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer("garim");
  const manager = new AsyncLocalStorageContextManager().enable();
  const alerts: OperatorAlert[] = [];
  let shop: Shop;
  let port: number;
  let person: Person;
  let isOut = false;
  let hostSpan: Span | undefined;

  beforeAll(async () => {
    context.setGlobalContextManager(manager);
    shop = await openShop(
      (app, garim) => {
        app.use("/health", garim.health());
        app.get("/metrics", garim.metrics({ token: TOKEN }));
        app.get("/private", garim.metrics({ private: true }));
        mountPrivacy(app, garim);
        app.use((_req, _res, next) => {
          hostSpan = tracer.startSpan("host");
          context.with(trace.setSpan(context.active(), hostSpan), next);
        });
        const guard = garim.reveal(orderLine, { purpose: "test" });
        app.get("/line", guard, (_req, res) => void res.json(tidy(lineOf({ confirmedAt: null }))));
      },
      { tracer, clock: Date.now, onAlert: (alert) => void alerts.push(alert) },
    );
    const { query } = shop.database;
    shop.database.query = (text, values) =>
      isOut
        ? Promise.reject(Object.assign(new Error("kim"), { code: "57P01" }))
        : query.call(shop.database, text, values);
    port = await shop.listen();
    shop.clock.now = Date.now();
    person = await enrolledPerson(shop, port, OWNER);
    expect((await person.get("/line")).status).toBe(200);
    expect((await ask("/line")).status).toBe(401);
  });
  afterAll(async () => {
    context.disable();
    await provider.shutdown();
    await shop.close();
  });

  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const ready = async () => {
    const answer = await ask("/health/ready");
    return {
      status: answer.status,
      body: (await answer.json()) as { status: string; checks: { state: string }[] },
    };
  };

  it("is live and ready, by codes alone", async () => {
    const live = await ask("/health/live");
    expect([live.status, await live.json(), live.headers.get("cache-control")]).toEqual([
      200,
      { status: "ok" },
      "no-store",
    ]);
    const { status, body } = await ready();
    expect(status).toBe(200);
    expect(body.checks.filter(({ state }) => state === "fail")).toEqual([]);
    expect(shop.garim.routes(shop.app).filter(({ path }) => /health|metrics/.test(path))).toEqual([
      expect.objectContaining({ path: "/health/live", state: "open" }),
      expect.objectContaining({ path: "/health/ready", state: "open" }),
      expect.objectContaining({ path: "/metrics", state: "open" }),
    ]);
  });

  it("tells its numbers to who has the token, or connects privately without a proxy", async () => {
    const asked: [string, Record<string, string>, number][] = [
      ["/metrics", {}, 401],
      ["/metrics", { authorization: `Bearer ${TOKEN}x` }, 401],
      ["/metrics", { authorization: "Bearer a-token-of-the-scrapes" }, 401],
      ["/metrics", { authorization: `Bearer ${TOKEN}` }, 200],
      ["/private", {}, 200],
      ["/private", { "x-forwarded-for": "10.0.0.1" }, 401],
      ["/private", { forwarded: "for=10.0.0.1" }, 401],
    ];
    for (const [path, headers, status] of asked) expect((await ask(path, headers)).status).toBe(status);
    for (const options of [undefined, {}, { token: "short" }, { private: true, token: TOKEN }])
      expect(() => shop.garim.metrics(options as never)).toThrow(
        expect.objectContaining({ code: "ERR_GARIM_OPTION_INVALID" }),
      );
  });

  it("[L4] names no person, seller or order in any number, label or span", async () => {
    const text = await (await ask("/private")).text();
    expect(text).toMatch(/^garim_records_total\{action="view",outcome="disclosed"\} \d+$/m);
    expect(text).toMatch(/^garim_refusals_total\{reason="not-logged-in"\} \d+$/m);
    expect(text).toMatch(/^garim_disclosed_lines_total \d+$/m);
    const spans = exporter.getFinishedSpans().map(({ name, attributes }) => ({ name, attributes }));
    for (const told of [text, JSON.stringify(spans)]) {
      expect(tracesIn(Buffer.from(told))).toEqual([]);
      expect(told).not.toMatch(/anna|"S1"|\bb-1\b|2026112200000001|127\.0\.0\.1/);
    }
  });

  it("has no metric and no label but those that are listed", async () => {
    const text = await (await ask("/private")).text();
    const names = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)];
    expect(names.length).toBeGreaterThan(8);
    for (const [, name = "", type] of names)
      expect(METRICS).toHaveProperty(name, expect.objectContaining({ type }));
    for (const [, name = "", labels = ""] of text.matchAll(/^(\w+?)(?:_bucket|_sum|_count)?\{(.*)\} /gm)) {
      const known = METRICS[name as keyof typeof METRICS].labels;
      for (const [, label = ""] of labels.matchAll(/(\w+)="/g)) expect([...known, "le"]).toContain(label);
    }
  });

  it("puts its spans under the host's, with no attribute that is not listed", async () => {
    const spans = exporter.getFinishedSpans().filter(({ name }) => name !== "host");
    expect(new Set(spans.map(({ name }) => name))).toEqual(new Set(Object.keys(SPANS)));
    for (const { name, attributes } of spans)
      for (const key of Object.keys(attributes)) expect(SPANS[name as keyof typeof SPANS]).toContain(key);
    exporter.reset();
    await person.get("/line");
    const record = exporter.getFinishedSpans().find(({ name }) => name === "garim.record");
    expect(record?.parentSpanContext?.spanId).toBe(hostSpan?.spanContext().spanId);
  });

  it("fails where the database is away, tells who operates it, and comes back by itself", async () => {
    isOut = true;
    try {
      await expect.poll(async () => (await ready()).status).toBe(503);
      const { body } = await ready();
      expect(body.status).toBe("failing");
      expect(JSON.stringify(body)).not.toContain("kim");
      expect((await person.get("/line")).status).toBe(503);
    } finally {
      isOut = false;
    }
    await expect.poll(async () => (await ready()).status).toBe(200);
    const told = alerts.filter(({ kind }) => kind === "database-down").map(({ state }) => state);
    expect(told).toEqual(["raised", "cleared"]);
    const text = await (await ask("/private")).text();
    expect(text).toMatch(/garim_unavailable_total\{code="ERR_GARIM_(STATE|LOG)_UNAVAILABLE"\} \d/);
  });

  it("says that it is closing", async () => {
    await shop.garim.close();
    const { status, body } = await ready();
    expect([status, body.status]).toEqual([503, "closing"]);
    expect((await ask("/health/live")).status).toBe(200);
  });
});
