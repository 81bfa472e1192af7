import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const MINUTE = 60_000;
const IDLE = 30 * MINUTE;

describe("[S2] the idle end", () => {
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(
      (app, garim) => {
        mountPrivacy(app, garim);
        const guard = garim.reveal(orderLine, { purpose: "test" });
        app.get("/line", guard, (_req, res) => void res.json(tidy(lineOf())));
        app.get("/other", guard, (_req, res) => void res.json(tidy(lineOf({ sellerId: "S2" }))));
        app.get("/broken", guard, (_req, res) => void res.end("text"));
        app.get("/page", garim.unguarded("a page"), (_req, res) => void res.send("<p>page</p>"));
        app.get("/polled", garim.unguarded("polling"), (_req, res) => void res.json({ ok: true }));
      },
      { isBackground: (req) => req.path === "/polled" },
    );
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  /** Does something just before the idle end, and tells whether the session lives just after it. */
  async function livesAfter(deed: (person: Person) => Promise<unknown>): Promise<boolean> {
    const person = await enrolledPerson(shop, port, `staff/idle-${count++}/S1/owner`);
    shop.clock.now += IDLE - 10_000;
    await deed(person);
    shop.clock.now += 20_000;
    return (await person.get("/line")).status === 200;
  }

  it.each([
    ["a guarded answer", (person: Person) => person.get("/line")],
    ["a page of the host", (person: Person) => person.get("/page")],
  ])("is moved by %s", async (_, deed) => {
    expect(await livesAfter(deed)).toBe(true);
  });

  it.each([
    ["nothing", async () => undefined],
    ["a refusal", (person: Person) => person.get("/other")],
    ["a failure", (person: Person) => person.get("/broken")],
    ["a page that is not there", (person: Person) => person.get("/nowhere")],
    ["polling, as the host declares it", (person: Person) => person.get("/polled")],
    ["the countdown's question", (person: Person) => person.get("/privacy/session")],
    [
      "HEAD",
      (person: Person) => fetch(`http://127.0.0.1:${port}/line`, { method: "HEAD", headers: person.headers }),
    ],
    [
      "OPTIONS",
      (person: Person) =>
        fetch(`http://127.0.0.1:${port}/line`, { method: "OPTIONS", headers: person.headers }),
    ],
  ])("is not moved by %s", async (_, deed) => {
    expect(await livesAfter(deed)).toBe(false);
  });
});
