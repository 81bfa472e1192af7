import type { Garim } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrolledPerson, mountPrivacy, openShop, type Person, type Shop } from "../fixtures/shop.ts";

/** Every endpoint of the router that changes something, also those added later. */
function changingEndpoints(shop: Shop): readonly string[] {
  return shop.garim
    .routes(shop.app)
    .filter(({ method, path }) => path.startsWith("/privacy/") && method !== "GET")
    .map(({ method, path }) => `${method} ${path.replace(/:\w+/g, "x")}`);
}

const FOREIGN: readonly (readonly [string, Record<string, string>])[] = [
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["another host of this site", { "sec-fetch-site": "same-site" }],
  ["another site, in letters nobody sends", { "sec-fetch-site": "Same-Origin" }],
  ["two answers at once", { "sec-fetch-site": "same-origin, cross-site" }],
  ["another origin", { origin: "https://evil.example" }],
  ["another port", { origin: "http://127.0.0.1:1" }],
  ["a name that begins like ours", { origin: "http://127.0.0.1.evil.example" }],
  ["a user in front of another host", { origin: "http://127.0.0.1@evil.example" }],
  ["a sandboxed frame", { origin: "null" }],
  ["an origin that is none", { origin: "127.0.0.1" }],
];

/** What a plain form, or a script without permission, can send to any site. */
const SIMPLE = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"];

describe("[S5 V3.5.1] a request that changes something", () => {
  let shop: Shop;
  let port: number;
  let endpoints: readonly string[];
  let count = 0;

  beforeAll(async () => {
    shop = await openShop((app, garim: Garim) => mountPrivacy(app, garim));
    port = await shop.listen();
    endpoints = changingEndpoints(shop);
  });
  afterAll(() => shop.close());

  const newPerson = (): Promise<Person> => enrolledPerson(shop, port, `staff/csrf-${count++}/S1/owner`);

  function send(person: Person, endpoint: string, headers: Record<string, string>): Promise<Response> {
    const [method = "POST", path = "/"] = endpoint.split(" ");
    const url = `http://127.0.0.1:${port}${path}`;
    const hasBody = method !== "GET" && method !== "HEAD";
    return fetch(url, {
      method,
      headers: { "content-type": "application/json", ...person.headers, ...headers },
      ...(hasBody ? { body: "{}" } : {}),
    });
  }

  /** Everything of a session that such a request could change. */
  async function stateOf(person: Person): Promise<unknown> {
    return await (
      await fetch(`http://127.0.0.1:${port}/privacy/session`, { headers: person.headers })
    ).json();
  }

  it("is looked for on every endpoint of the router", () => {
    expect(endpoints).toEqual(
      expect.arrayContaining([
        "POST /privacy/session",
        "POST /privacy/sign-out",
        "DELETE /privacy/sessions",
        "DELETE /privacy/sessions/x",
        "POST /privacy/factors/totp",
        "POST /privacy/factors/totp/confirmation",
        "POST /privacy/factors/passkey",
        "POST /privacy/factors/passkey/confirmation",
        "POST /privacy/factors/recovery-codes",
        "PATCH /privacy/factors/x",
        "DELETE /privacy/factors/x",
        "POST /privacy/step-up",
        "POST /privacy/step-up/passkey",
        "POST /privacy/step-up/message",
        "DELETE /privacy/staff/x/sessions",
        "DELETE /privacy/staff/x/sessions/x",
        "POST /privacy/staff/x/reset",
        "POST /privacy/staff/x/unlock",
        "POST /privacy/staff/x/dismiss",
        "POST /privacy/staff/x/reinstate",
        "POST /privacy/staff/x/reactivate",
      ]),
    );
  });

  it.each(FOREIGN)("is refused from %s, on record, and changes nothing", async (_, headers) => {
    const person = await newPerson();
    const before = await stateOf(person);
    shop.clock.now += 10_000;
    for (const endpoint of endpoints) {
      const answer = await send(person, endpoint, headers);
      expect([endpoint, answer.status]).toEqual([endpoint, 403]);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(await answer.json()).toMatchObject({ reason: "cross-site" });
    }
    const { entries } = await shop.garim.log.find(
      { actor: `csrf-${count - 1}` },
      { limit: endpoints.length },
    );
    expect(
      entries.every(({ access }) => access.outcome === "refused" && access.reason === "cross-site"),
    ).toBe(true);
    shop.clock.now -= 10_000;
    expect(await stateOf(person)).toEqual(before);
  });

  it.each(SIMPLE)("[V3.5.2] is refused where its body is %s, wherever it comes from", async (type) => {
    const person = await newPerson();
    for (const endpoint of endpoints) {
      const answer = await send(person, endpoint, { "content-type": type, "sec-fetch-site": "same-origin" });
      expect([endpoint, answer.status]).toEqual([endpoint, 415]);
      expect(await answer.json()).toMatchObject({ code: "body-not-json" });
    }
    expect(await stateOf(person)).toMatchObject({ state: "live" });
  });

  it.each([
    ["this site's own page", () => ({ "sec-fetch-site": "same-origin" })],
    ["somebody's own hand", () => ({ "sec-fetch-site": "none" })],
    ["this site's own page, in an older browser", () => ({ origin: `http://127.0.0.1:${port}` })],
    ["no browser", () => ({})],
  ])("is served from %s", async (_, headers) => {
    const person = await newPerson();
    expect((await send(person, "POST /privacy/session", headers())).status).toBe(200);
    expect((await send(person, "POST /privacy/sign-out", headers())).status).toBe(204);
  });

  it.each(["GET", "HEAD", "OPTIONS"])("[V3.5.3] is never a %s", async (method) => {
    const person = await newPerson();
    const before = await stateOf(person);
    for (const endpoint of endpoints) {
      const path = endpoint.split(" ")[1];
      const headers = { "sec-fetch-site": "cross-site" };
      const answer = await send(person, `${method} ${path}?code=000000`, headers);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(await stateOf(person)).toEqual(before);
  });

  it.each(["x-http-method-override", "x-http-method", "x-method-override"])(
    "[V3.5.3] is no GET with %s",
    async (name) => {
      const person = await newPerson();
      await send(person, "GET /privacy/sign-out?_method=POST", { [name]: "POST" });
      expect(await stateOf(person)).toMatchObject({ state: "live" });
    },
  );
});
