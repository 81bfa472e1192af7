import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawRequest } from "../fixtures/raw-http.ts";
import {
  enrolledPerson,
  headOf,
  lineOf,
  mountPrivacy,
  openShop,
  orderLine,
  type Person,
  personOf,
  type Shop,
  tidy,
} from "../fixtures/shop.ts";

const MINUTE = 60_000;
const IDLE = 30 * MINUTE;
const HOUR = 60 * MINUTE;

describe("[S2 V7.3.1] the idle end", () => {
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(
      (app, garim) => {
        mountPrivacy(app, garim);
        const guard = garim.reveal(orderLine, { purpose: "test" });
        const open = garim.unguarded("a test");
        app.get("/line", guard, (_req, res) => void res.json(tidy(lineOf())));
        app.get("/other", guard, (_req, res) => void res.json(tidy(lineOf({ sellerId: "S2" }))));
        app.get("/undeclared", guard, (_req, res) => void res.end("text"));
        app.get("/page", open, (_req, res) => void res.send("<p>page</p>"));
        app.get("/marked", open, garim.background(), (_req, res) => void res.json({ ok: true }));
        app.get("/declared", open, (_req, res) => void res.json({ ok: true }));
        app.get("/events", open, (_req, res) => {
          res.writeHead(200, { "content-type": "text/event-stream" });
          res.end("data: 1\n\n");
        });
        app.get("/slow", open, (_req, res) => {
          shop.clock.now += MINUTE + 1;
          res.send("at last");
        });
        app.get("/broken", open, () => {
          throw new Error("broken");
        });
        app.use(garim.errors());
      },
      { isBackground: (req) => req.path === "/declared" },
    );
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const ask = (person: Person, path: string, headers: Record<string, string> = {}, method = "GET") =>
    fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { ...person.headers, ...headers } });

  /** Over a socket of its own: `fetch` would ask for a fresh copy. */
  async function askUnchanged(person: Person): Promise<void> {
    const { status } = await rawRequest(port, headOf(person, "GET /page", "If-None-Match: *"));
    expect(status).toBe(304);
  }

  /** Does something just before the idle end, and tells whether the session lives just after it. */
  async function livesAfter(deed: (person: Person) => Promise<unknown>): Promise<boolean> {
    const person = await enrolledPerson(shop, port, `staff/idle-${count++}/S1/owner`);
    shop.clock.now += IDLE - 2 * MINUTE;
    const answer = await deed(person);
    if (answer instanceof Response) await answer.arrayBuffer();
    shop.clock.now += 3 * MINUTE;
    return (await person.get("/line")).status === 200;
  }

  it.each([
    ["a page that a person opens", "/page"],
    ["a guarded answer", "/line"],
  ])("is moved by %s", async (_, path) => {
    expect(await livesAfter((person) => ask(person, path))).toBe(true);
  });

  it('is moved by "stay signed in", which tells the new end', async () => {
    const deed = async (person: Person): Promise<Response> => {
      const answer = await person.post("/privacy/session", {});
      const { now, idleAt } = (await answer.clone().json()) as { now: number; idleAt: number };
      expect([now, idleAt]).toEqual([shop.clock.now, shop.clock.now + IDLE]);
      return answer;
    };
    expect(await livesAfter(deed)).toBe(true);
  });

  it.each<[string, (person: Person) => Promise<unknown>]>([
    ["nothing", async () => undefined],
    ["HEAD", (person) => ask(person, "/page", {}, "HEAD")],
    ["HEAD on a guarded route", (person) => ask(person, "/line", {}, "HEAD")],
    ["OPTIONS", (person) => ask(person, "/page", {}, "OPTIONS")],
    ["a page that has not changed (304)", askUnchanged],
    ["an event stream", (person) => ask(person, "/events")],
    [
      "an EventSource that gets something else",
      (person) => ask(person, "/page", { accept: "text/event-stream" }),
    ],
    ["a prefetch", (person) => ask(person, "/page", { "sec-purpose": "prefetch" })],
    ["a route marked as background", (person) => ask(person, "/marked")],
    ["a request the host declares as background", (person) => ask(person, "/declared")],
    ["an answer that took more than a minute", (person) => ask(person, "/slow")],
    ["a failure", (person) => ask(person, "/broken")],
    ["a page that is not there", (person) => ask(person, "/nowhere")],
    ["a guarded answer that is refused", (person) => ask(person, "/other")],
    ["a guarded answer that fails", (person) => ask(person, "/undeclared")],
    [
      "a refusal of Garim's own endpoints",
      (person) => ask(person, "/privacy/step-up", { origin: "http://x" }, "POST"),
    ],
    ["the countdown's question", (person) => ask(person, "/privacy/session")],
    ["the countdown's script", (person) => ask(person, "/privacy/session.js")],
  ])("is not moved by %s", async (_, deed) => {
    expect(await livesAfter(deed)).toBe(false);
  });

  it.each([
    ["x-activity", "1"],
    ["x-garim-activity", "true"],
    ["x-background", "false"],
    ["x-http-method-override", "POST"],
    ["x-last-activity", "99999999999999"],
    ["x-requested-with", "XMLHttpRequest"],
    ["x-forwarded-method", "GET"],
    ["cache-control", "no-cache"],
  ])("is not moved by a header of the client: %s", async (name, value) => {
    expect(await livesAfter((person) => ask(person, "/marked", { [name]: value }))).toBe(false);
    expect(await livesAfter((person) => ask(person, "/page", { [name]: value }, "HEAD"))).toBe(false);
  });

  it.each([
    ["HEAD", "/page", "HEAD"],
    ["what the host declares as background", "/declared", "GET"],
  ])("is not moved by a client that hides its cookie: %s", async (_, path, method) => {
    const person = personOf(port, `staff/idle-${count++}/S1/owner`, shop.clock.now);
    await person.get("/page");
    shop.clock.now += IDLE - MINUTE;
    const { cookie: __, ...without } = person.headers;
    await ask({ ...person, headers: without }, path, {}, method);
    shop.clock.now += 2 * MINUTE;
    const { reason } = (await (await person.get("/line")).json()) as { reason: string };
    expect(["session-idle", "log-in-again"]).toContain(reason);
  });

  it("[V7.3.2] never outlives the absolute end, however busy somebody is", async () => {
    const person = await enrolledPerson(shop, port, `staff/idle-${count++}/S1/owner`);
    const endsAt = shop.clock.now + 12 * HOUR;
    while (shop.clock.now < endsAt - 20 * MINUTE) {
      shop.clock.now += 20 * MINUTE;
      await (await person.post("/privacy/session", {})).arrayBuffer();
    }
    shop.clock.now = endsAt - 1;
    expect((await person.get("/line")).status).toBe(200);
    shop.clock.now = endsAt;
    const answer = await person.post("/privacy/session", {});
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ reason: "session-absolute" });
  });
});
