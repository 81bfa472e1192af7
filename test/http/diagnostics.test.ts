import { subject } from "@garim/express";
import { open, pii, schema } from "@garim/masking";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  enrolledPerson,
  type Line,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";

/** Schemas whose rules are the host's mistakes. */
const broken = (subjects: (line: Line) => never[]) =>
  schema<Line>(
    "broken",
    { orderNo: open(), buyer: { name: pii.name() } },
    { seller: (line) => line.sellerId, subjects, state: () => ({}) },
  );

describe("a host's mistakes", () => {
  let shop: Shop;
  let person: Person;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      const answer = { purpose: "test", undeclared: "drop" } as const;
      app.get("/extra", garim.reveal(orderLine, answer), (_req, res) => {
        res.set("X-Page", "1").json(Object.assign(tidy(lineOf()), { nickname: "x" }));
      });
      const handler = (_req: unknown, res: { json: (value: unknown) => unknown }) => void res.json(lineOf());
      app.get(
        "/none",
        garim.reveal(
          broken(() => []),
          answer,
        ),
        handler,
      );
      app.get(
        "/long",
        garim.reveal(
          broken(() => [{ type: "buyer", id: "x".repeat(1_000) }] as never[]),
          answer,
        ),
        handler,
      );
      app.get(
        "/thrown",
        garim.reveal(
          broken((line) => [subject.buyer(line.memo.repeat(99))] as never[]),
          answer,
        ),
        handler,
      );
      app.get("/twice", garim.reveal(orderLine, answer), garim.reveal(orderLine, answer), handler);
    });
    person = await enrolledPerson(shop, await shop.listen(), OWNER);
  });
  afterAll(() => shop.close());

  it("are said once a route, not once a request", async () => {
    for (let i = 0; i < 3; i++) expect((await person.get("/extra")).status).toBe(200);
    const said = shop.diagnostics.filter((line) => JSON.stringify(line).includes("GET /extra"));
    expect(said).toEqual([
      { route: "GET /extra", message: "garim: header x-page not sent; name it in reveal(…, { headers })" },
      { route: "GET /extra", message: "garim: undeclared fields were not written: nickname" },
    ]);
  });

  it.each(["/none", "/long", "/thrown"])("in the rules refuse the answer, on record: %s", async (path) => {
    const answer = await person.get(path);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ reason: "answer-refused", code: "ERR_GARIM_RECORD_INVALID" });
    const { entries } = await shop.garim.log.find({ actor: "anna" }, { limit: 1 });
    expect(entries[0]).toMatchObject({
      id: answer.headers.get("garim-record"),
      access: { outcome: "refused" },
    });
  });

  it("in mounting two guards on one route are refused", async () => {
    expect((await person.get("/twice")).status).toBe(500);
    const { entries } = await shop.garim.log.find({ actor: "anna" }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({ route: "GET /twice", outcome: "done" });
  });
});

describe("a durable record", () => {
  let shop: Shop;
  let person: Person;
  const passedOn: unknown[] = [];

  beforeAll(async () => {
    const sink = {
      name: "siem",
      send: async (records: readonly unknown[]) => void passedOn.push(...records),
    };
    shop = await openShop(
      (app, garim) => {
        mountPrivacy(app, garim);
        app.get(
          "/orders",
          garim.reveal(orderLine, { purpose: "test" }),
          (_req, res) => void res.json(tidy(lineOf())),
        );
      },
      { sinks: [sink] },
    );
    person = await enrolledPerson(shop, await shop.listen(), OWNER);
  });
  afterAll(() => shop.close());

  it("[V16.2.3] gives one diagnostic line, with nobody in it, and goes to the sinks", async () => {
    const answer = await person.get("/orders");
    const id = answer.headers.get("garim-record");
    const lines = shop.recordLines.filter((line) => JSON.stringify(line).includes(String(id)));
    expect(lines).toEqual([
      expect.objectContaining({ id, action: "view", outcome: "disclosed", route: "GET /orders", records: 1 }),
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/anna|\bb-1\b|127\.0\.0\.1/);
    await expect.poll(() => passedOn).toContainEqual(expect.objectContaining({ id }));
  });
});
