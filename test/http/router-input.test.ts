import { gzipSync } from "node:zlib";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountPrivacy, openShop, type Shop } from "../fixtures/shop.ts";

const JSON_TYPE = "application/json";
const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

/** Keeps the client from making JSON of it. */
const asIs = (bytes: unknown): string => bytes as string;

type Method = "post" | "patch" | "delete";

interface Body {
  readonly type?: string;
  readonly encoding?: string;
  readonly bytes: string | Buffer;
}

/** Bodies that cannot be read, and the code they come to. */
const UNREADABLE: readonly (readonly [string, Body, number, string])[] = [
  ["no JSON", { bytes: "{" }, 400, "body-unreadable"],
  ["JSON twice", { bytes: "{}{}" }, 400, "body-unreadable"],
  ["a bare text", { bytes: '"123456"' }, 400, "body-unreadable"],
  ["a bare number", { bytes: "123456" }, 400, "body-unreadable"],
  ["bytes that are no text", { bytes: Buffer.from([0xff, 0xfe, 0x00, 0xd8]) }, 400, "body-unreadable"],
  ["too much", { bytes: JSON.stringify({ code: "1".repeat(100_000) }) }, 413, "body-too-large"],
  ["too much, once unpacked", { encoding: "gzip", bytes: gzipSync("1".repeat(1e6)) }, 413, "body-too-large"],
  ["a packing nobody knows", { encoding: "x-none", bytes: "{}" }, 415, "body-not-json"],
  ["bytes that are not packed as they say", { encoding: "gzip", bytes: "{}" }, 400, "body-unreadable"],
  [
    "an alphabet nobody knows",
    { type: "application/json; charset=x-none", bytes: "{}" },
    415,
    "body-not-json",
  ],
  ["a form", { type: "application/x-www-form-urlencoded", bytes: "code=123456" }, 415, "body-not-json"],
  ["a text", { type: "text/plain", bytes: '{"code":"123456"}' }, 415, "body-not-json"],
  ["a type that only begins like JSON", { type: "application/jsonp", bytes: "{}" }, 415, "body-not-json"],
  ["a type that is none", { type: ";;;", bytes: "{}" }, 415, "body-not-json"],
];

/** Bodies that can be read and say nothing right. */
const WRONG: readonly (readonly [string, string])[] = [
  ["nothing", "{}"],
  ["a list", "[]"],
  ["a list of codes", '["000000"]'],
  ["null", '{"code":null}'],
  ["a number", '{"code":123456}'],
  ["a number that is none", '{"code":1e999}'],
  ["an object", '{"code":{"$gt":""}}'],
  ["an empty text", '{"code":""}'],
  ["a long text", JSON.stringify({ code: "9".repeat(1_500) })],
  ["a null character", '{"code":"12345\\u0000"}'],
  ["half of a character", '{"code":"\\ud800"}'],
  ["full-width digits", '{"code":"０００００１"}'],
  ["a prototype", '{"__proto__":{"code":"123456"}}'],
  ["a constructor", '{"constructor":{"prototype":{"code":"1"}}}'],
  ["a deep object", `{"code":${deep(300)}}`],
  ["another name", '{"otp":"123456"}'],
  ["names of everything", '{"code":"1","response":1,"id":[],"name":{},"channel":"x","method":"none"}'],
];

describe("the router, given what it did not ask for", () => {
  let shop: Shop;
  /** Method and path. */
  let endpoints: readonly (readonly [Method, string])[];
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(mountPrivacy);
    endpoints = shop.garim
      .routes(shop.app)
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => [method.toLowerCase() as Method, path.replace(/:\w+/g, "x")]);
  });
  afterAll(() => shop.close());

  /** Somebody new each time: wrong codes add up to a lock. */
  function send(method: Method, path: string, { type = JSON_TYPE, encoding, bytes }: Body) {
    const headers = {
      "content-type": type,
      "x-user": `staff/input-${count++}/S1/owner`,
      "x-authenticated-at": String(shop.clock.now),
      ...(encoding === undefined ? {} : { "content-encoding": encoding }),
    };
    return request(shop.app)[method](path).set(headers).serialize(asIs).send(bytes);
  }

  /** All at once: their records share batches. */
  async function atAll(ask: (method: Method, path: string) => Promise<void>): Promise<void> {
    await Promise.all(endpoints.map(([method, path]) => ask(method, path)));
  }

  it.each(UNREADABLE)("says so with a code where a body is %s", async (_, body, status, code) => {
    await atAll(async (method, path) => {
      const answer = await send(method, path, body);
      expect([path, answer.status, answer.body.code]).toEqual([path, status, code]);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
      expect(answer.headers["cache-control"]).toBe("no-store");
    });
    expect(shop.diagnostics).toEqual([]);
  });

  it.each(WRONG)(
    "[V2.2.1] refuses with a reason, and never fails, where a body holds %s",
    async (_, bytes) => {
      for (const path of ["/privacy/step-up", "/privacy/factors/totp/confirmation"]) {
        const answer = await send("post", path, { bytes });
        expect([path, answer.status]).toEqual([path, 401]);
        expect(answer.body.reason).toMatch(/^second-factor-/);
      }
      await atAll(async (method, path) => {
        const answer = await send(method, path, { bytes });
        expect([path, answer.status, typeof (answer.body.reason ?? answer.body.code ?? "done")]).toEqual([
          path,
          expect.toSatisfy((status: number) => status < 500),
          "string",
        ]);
      });
      expect(({} as { code?: unknown }).code).toBeUndefined();
      expect(shop.diagnostics).toEqual([]);
    },
  );

  it.each([
    ["no cookie", ""],
    ["an empty one", "garim="],
    ["one too short", "garim=abc"],
    ["one of somebody else's making", `garim=${"A".repeat(43)}`],
    ["two", `garim=${"A".repeat(43)}; garim=${"B".repeat(43)}`],
    ["one in quotes", `garim="${"A".repeat(43)}"`],
    ["one with odd characters", "garim=%00%0d%0a"],
    ["a very long one", `garim=${"A".repeat(7_000)}`],
  ])("answers with a reason, and never fails, where the cookie is %s", async (_, cookie) => {
    const person = {
      "x-user": `staff/input-${count++}/S1/owner`,
      "x-authenticated-at": String(shop.clock.now),
      ...(cookie === "" ? {} : { cookie }),
    };
    const told = await request(shop.app).get("/privacy/session").set(person);
    expect(told.status).toBe(200);
    expect(told.body.state).toBe("live");
    expect(told.headers["set-cookie"]?.[0]).not.toContain("AAAA");
    expect(shop.diagnostics).toEqual([]);
  });

  it("tells nobody more than that nobody is logged in", async () => {
    await atAll(async (method, path) => {
      const answer = await request(shop.app)[method](path).send({});
      expect([path, answer.status, answer.body.reason]).toEqual([path, 401, "not-logged-in"]);
    });
    expect((await request(shop.app).get("/privacy/session")).body).toEqual({
      state: "none",
      reason: "not-logged-in",
    });
  });
});
