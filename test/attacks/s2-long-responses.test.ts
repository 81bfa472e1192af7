import type { Garim } from "@garim/express";
import type { Express } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrolledPerson, mountPrivacy, type Person } from "../fixtures/shop.ts";
import { openShopPair, type ServedShop, type ShopPair } from "../fixtures/shop-pair.ts";

const MINUTE = 60_000;

/** Tells that a stream's handler has been reached. */
let reached: () => void = () => undefined;

/** Streams that never end by themselves: events, and a file that is still being made. */
function mount(app: Express, garim: Garim): void {
  mountPrivacy(app, garim);
  app.use(["/events", "/file", "/waiting"], (_req, _res, next) => {
    reached();
    next();
  });
  app.get("/events", (_req, res) => {
    res.writeHead(200, { "content-type": "text/event-stream" });
    res.write("data: hello\n\n");
  });
  app.get("/file", (_req, res) => {
    res.writeHead(200, { "content-type": "application/octet-stream", "content-length": "1000000" });
    res.write("the first bytes");
  });
  app.get("/waiting", () => undefined);
}

describe("[S2 S3 V7.4.1] a long response", () => {
  let pair: ShopPair;
  let near: ServedShop;
  let far: ServedShop;
  let count = 0;

  beforeAll(async () => {
    pair = await openShopPair(mount);
    [near, far] = pair.nodes;
  });
  afterAll(() => pair.close());

  const newPerson = (): Promise<Person> =>
    enrolledPerson(near.shop, near.port, `staff/long-${count++}/S1/owner`);

  /** How the response ended for its reader: whole, or cut off. */
  async function endOf(response: Promise<Response>): Promise<"whole" | "cut off"> {
    try {
      await (await response).arrayBuffer();
      return "whole";
    } catch {
      return "cut off";
    }
  }

  /** Asks for a stream, and comes back when its handler is at work. In an object: a promise in a promise would be waited for. */
  async function begin(
    person: Person,
    path: string,
    port = near.port,
  ): Promise<{ end: ReturnType<typeof endOf> }> {
    const isReached = new Promise<void>((resolve) => (reached = resolve));
    const end = endOf(fetch(`http://127.0.0.1:${port}${path}`, { headers: { ...person.headers } }));
    await isReached;
    return { end };
  }

  it.each([
    ["an event stream", "/events"],
    ["a file", "/file"],
    ["an answer that has not begun", "/waiting"],
  ])("of the host's ends at the idle end, and does not look finished: %s", async (_, path) => {
    const person = await newPerson();
    const { end } = await begin(person, path);
    pair.clock.now += 30 * MINUTE;
    expect(await end).toBe("cut off");
  });

  it("ends at the absolute end, though its reader was active all the time", async () => {
    const person = await newPerson();
    for (let i = 0; i < 35; i++) {
      pair.clock.now += 20 * MINUTE;
      await (await person.post("/privacy/session", {})).arrayBuffer();
    }
    const { end } = await begin(person, "/events");
    pair.clock.now += 20 * MINUTE;
    expect(await end).toBe("cut off");
  });

  it("ends when its reader logs out, on this node and on another", async () => {
    const person = await newPerson();
    const ends = [await begin(person, "/events"), await begin(person, "/events", far.port)];
    await person.post("/privacy/sign-out", {});
    // Nodes remember a session for a second of their own clocks.
    pair.clock.now += 1_000;
    expect(await Promise.all(ends.map(({ end }) => end))).toEqual(["cut off", "cut off"]);
  });

  it("lives on where the session does", async () => {
    const [staying, leaving] = [await newPerson(), await newPerson()];
    const stream = await staying.get("/events");
    const cut = await begin(leaving, "/events");
    await leaving.post("/privacy/sign-out", {});
    expect(await cut.end).toBe("cut off");
    expect(await staying.get("/privacy/session").then((answer) => answer.json())).toMatchObject({
      state: "live",
    });
    const reader = stream.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toContain("hello");
    await reader?.cancel();
  });

  it("says in the diagnostics why it ended, with the session's public name only", async () => {
    const person = await newPerson();
    const { end } = await begin(person, "/events");
    await person.post("/privacy/sign-out", {});
    await end;
    expect(near.shop.diagnostics).toContainEqual({
      session: expect.stringMatching(/^[0-9a-f]{16}$/),
      message: "garim: a response was cut off with its session",
    });
  });
});
