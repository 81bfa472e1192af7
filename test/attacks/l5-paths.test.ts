import { Router } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tracesIn } from "../fixtures/canary.ts";
import { rawRequest } from "../fixtures/raw-http.ts";
import {
  enrolledPerson,
  headOf,
  lineOf,
  mountPrivacy,
  OWNER,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";

describe("[L5] paths", () => {
  let shop: Shop;
  let port: number;
  let person: Person;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      const api = Router();
      api.get(
        "/orders",
        garim.reveal(orderLine, { purpose: "test" }),
        (_req, res) => void res.json(tidy(lineOf())),
      );
      app.use("/api", api);
      app.get(
        "/*rest",
        garim.reveal(orderLine, { purpose: "test" }),
        (_req, res) => void res.send(JSON.stringify(lineOf())),
      );
    });
    port = await shop.listen();
    person = await enrolledPerson(shop, port, OWNER);
  });
  afterAll(() => shop.close());

  it.each([
    "/api/orders",
    "//api/orders",
    "/api//orders",
    "/%61pi/%6frders",
    "/api/orders;x=1",
    "/API/ORDERS",
    "/api/orders/",
    "/api/./orders",
    "/api/../api/orders",
    "/api/orders?x=%00",
    "/anything/else",
  ])("[V14.2.5] are guarded by route, however they are written: %s", async (path) => {
    for (const more of [[], ["X-HTTP-Method-Override: GET"], ["X-Original-URL: /api/orders"]]) {
      const answer = await rawRequest(port, headOf(person, `GET ${path}`, ...more));
      expect(tracesIn(answer.bytes)).toEqual([]);
      expect([200, 404, 500]).toContain(answer.status);
    }
    // Nobody's request reaches a handler on any of them.
    expect((await rawRequest(port, `GET ${path} HTTP/1.1\r\nHost: x`)).status).toSatisfy(
      (status) => status === 401 || status === 404,
    );
  });

  it("are listed with what guards them, and strict mode refuses one nobody guards", () => {
    const routes = shop.garim.routes(shop.app);
    expect(routes).toContainEqual({ method: "GET", path: "/api/orders", state: "guarded" });
    expect(routes).toContainEqual({ method: "GET", path: "/*rest", state: "guarded" });
    expect(
      routes.filter((route) => route.path.startsWith("/privacy")).map((route) => route.state),
    ).not.toContain("unguarded");
    expect(() => shop.garim.routes(shop.app, { strict: true })).not.toThrow();
    shop.app.get("/forgotten", (_req, res) => void res.json(lineOf()));
    shop.app.get("/said", shop.garim.unguarded("a health check"), (_req, res) => void res.json({ ok: true }));
    expect(shop.garim.routes(shop.app)).toContainEqual({
      method: "GET",
      path: "/said",
      state: "open",
      why: "a health check",
    });
    expect(() => shop.garim.routes(shop.app, { strict: true })).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_ROUTE_UNGUARDED",
        message: expect.stringContaining("GET /forgotten."),
      }),
    );
  });
});
