import type { Worker } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tracesIn } from "../fixtures/canary.ts";
import {
  enrolledPerson,
  lineOf,
  mountPrivacy,
  openShop,
  orderLine,
  type Person,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";
import { openShopPair, type ShopPair } from "../fixtures/shop-pair.ts";
import { totpCode } from "../fixtures/totp.ts";

const MINUTE = 60_000;

describe("[S3 V7.4.1] a handler that is still at work when the session ends", () => {
  let shop: Shop;
  let port: number;
  let count = 0;
  /** Lets the handler answer. */
  let answer: () => void = () => undefined;
  let isAtWork: Promise<void>;
  let begin: () => void = () => undefined;

  beforeAll(async () => {
    shop = await openShop((app, garim) => {
      mountPrivacy(app, garim);
      const guard = garim.reveal(orderLine, { purpose: "test" });
      const slowly = async (): Promise<void> => {
        const released = new Promise<void>((resolve) => (answer = resolve));
        begin();
        await released;
      };
      app.get("/line", guard, async (_req, res) => {
        await slowly();
        const line = tidy(lineOf({ confirmedAt: null })) as { orderNo: string };
        res.json(line);
        // What was answered is what was judged, whatever the handler does with it later.
        line.orderNo = "changed";
      });
      app.get("/text", guard, async (_req, res) => {
        await slowly();
        res.status(404).json({ message: "no such line of today" });
      });
      app.get("/empty", guard, async (_req, res) => {
        await slowly();
        res.sendStatus(204);
      });
    });
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const newPerson = (): Promise<Person> => enrolledPerson(shop, port, `staff/slow-${count++}/S1/owner`);

  /** Asks, does something else while the handler works, and gives what came back. */
  async function askSlowly(person: Person, path: string, meanwhile: () => unknown): Promise<Response> {
    isAtWork = new Promise((resolve) => (begin = resolve));
    const asked = fetch(`http://127.0.0.1:${port}${path}`, { headers: { ...person.headers } });
    await isAtWork;
    await meanwhile();
    answer();
    return await asked;
  }

  it("answers as ever where it lives on, with what the handler had answered", async () => {
    const person = await newPerson();
    const response = await askSlowly(person, "/line", () => (shop.clock.now += 10 * MINUTE));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ orderNo: lineOf().orderNo });
  });

  it("answers where a factor is proved in another tab meanwhile, and no more after the log-out that follows", async () => {
    const proveAgain = async (person: Person): Promise<void> => {
      shop.clock.now += MINUTE;
      const code = totpCode(person.secret, shop.clock.now);
      expect((await person.post("/privacy/step-up", { method: "totp", code })).status).toBe(200);
    };
    const person = await newPerson();
    const tab = { ...person, headers: { ...person.headers } };
    expect((await askSlowly(tab, "/line", () => proveAgain(person))).status).toBe(200);
    const other = { ...person, headers: { ...person.headers } };
    const ended = await askSlowly(other, "/line", async () => {
      await proveAgain(person);
      await person.post("/privacy/sign-out", {});
    });
    expect(ended.status).toBe(401);
  });

  it.each([
    ["records", "/line"],
    ["an error's text", "/text"],
    ["an empty answer", "/empty"],
  ])("gives a 401 and no data after the log-out, on record: %s", async (_, path) => {
    const person = await newPerson();
    const held = { ...person, headers: { ...person.headers } };
    const response = await askSlowly(held, path, () => person.post("/privacy/sign-out", {}));
    expect(response.status).toBe(401);
    const body = new Uint8Array(await response.arrayBuffer());
    expect(tracesIn(body)).toEqual([]);
    expect(Buffer.from(body).toString()).not.toContain("today");
    const { entries } = await shop.garim.log.find({ actor: `slow-${count - 1}` }, { limit: 1 });
    expect(entries[0]).toMatchObject({
      id: response.headers.get("garim-record"),
      access: { action: "view", outcome: "refused", reason: "log-in-again", records: [] },
    });
  });

  it("gives a 401 after the idle end, though it began before", async () => {
    const person = await newPerson();
    const response = await askSlowly(person, "/line", () => (shop.clock.now += 31 * MINUTE));
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ reason: "session-idle" });
  });

  it("leaves the session dead: a late answer moves nothing", async () => {
    const person = await newPerson();
    const held = { ...person, headers: { ...person.headers } };
    await askSlowly(held, "/line", () => person.post("/privacy/sign-out", {}));
    const after = await fetch(`http://127.0.0.1:${port}/privacy/session`, { headers: held.headers });
    expect(await after.json()).toMatchObject({ state: "none" });
  });
});

describe("[S3 V7.4.2 V7.4.5] a handler that is at work on one node when the other ends the session", () => {
  let pair: ShopPair;
  let answer: () => void = () => undefined;
  let begin: () => void = () => undefined;
  let count = 0;

  beforeAll(async () => {
    pair = await openShopPair((app, garim) => {
      mountPrivacy(app, garim);
      app.get("/line", garim.reveal(orderLine, { purpose: "test" }), async (_req, res) => {
        const released = new Promise<void>((resolve) => (answer = resolve));
        begin();
        await released;
        res.json(tidy(lineOf({ confirmedAt: null })));
      });
    });
  });
  afterAll(() => pair.close());

  it.each<[string, (garim: Shop["garim"], worker: Worker) => Promise<unknown>]>([
    ["factors-changed", ({ staff }, worker) => staff.reset(worker)],
    ["session-revoked", ({ staff }, worker) => staff.endSessions(worker)],
    ["account-dismissed", ({ staff }, worker) => staff.dismiss(worker)],
  ])("gives no data a second later: %s", async (reason, end) => {
    const [one, other] = pair.nodes;
    const id = `killed-${count++}`;
    const person = await enrolledPerson(one.shop, one.port, `staff/${id}/S1/owner`);
    const isAtWork = new Promise<void>((resolve) => (begin = resolve));
    const asked = person.get("/line");
    await isAtWork;
    await end(other.shop.garim, { kind: "staff", id, sellerId: "S1" });
    pair.clock.now += 1_000;
    answer();
    const response = await asked;
    const body = await response.text();
    expect(tracesIn(Buffer.from(body))).toEqual([]);
    expect(JSON.parse(body)).toMatchObject({ reason });
  });
});
