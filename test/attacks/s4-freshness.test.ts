import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logInAgain, mountLine, openInbox, stepUp, sum } from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, type Shop } from "../fixtures/shop.ts";

const MINUTE = 60_000;
const CLASSES = ["view", "download", "manage"] as const;
const STALE = "401 second-factor-stale";

describe("[S4 V7.5.3] a proof, for classes of actions", () => {
  const inbox = openInbox();
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(
      (app, garim) => {
        mountLine(app, garim);
        for (const action of CLASSES)
          app.get(`/${action}`, garim.unguarded("no buyer's data"), garim.stepUp(action), (_req, res) => {
            res.sendStatus(204);
          });
      },
      { channels: [inbox.channel] },
    );
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const enter = (): Promise<Person> => enrolledPerson(shop, port, `staff/fresh-${count++}/S1/owner`);

  /** What each class of actions says, as strict as they come. */
  async function askAll(person: Person): Promise<readonly string[]> {
    const sums: string[] = [];
    for (const action of CLASSES) sums.push(await sum(await person.get(`/${action}`)));
    return sums;
  }

  /** Lets time pass while the person is at work: reloads, deeds and "stay signed in". */
  async function work(person: Person, until: number): Promise<void> {
    while (shop.clock.now < until) {
      shop.clock.now = Math.min(until, shop.clock.now + 10 * MINUTE);
      await person.get("/view");
      await person.post("/privacy/session", {});
    }
  }

  it("is judged from its own moment, by each class for itself, whatever was done since", async () => {
    const person = await enter();
    const at = shop.clock.now;
    const steps: readonly (readonly [number, readonly string[]])[] = [
      [5 * MINUTE, ["204", "204", "204"]],
      [5 * MINUTE + 1, ["204", "204", STALE]],
      [30 * MINUTE, ["204", "204", STALE]],
      [30 * MINUTE + 1, ["204", STALE, STALE]],
      [11 * 60 * MINUTE, ["204", STALE, STALE]],
    ];
    for (const [age, sums] of steps) {
      await work(person, at + age);
      expect([age, await askAll(person)]).toEqual([age, sums]);
    }
  });

  it("is not made younger by the class it was given for: one for looking is of the person, and as old", async () => {
    for (const action of CLASSES) {
      const person = await enter();
      shop.clock.now += 6 * MINUTE;
      expect(await askAll(person)).toEqual(["204", "204", STALE]);
      expect(await sum(await stepUp(person, shop, action))).toBe("200");
      expect(await askAll(person)).toEqual(["204", "204", "204"]);
      shop.clock.now += 5 * MINUTE + 1;
      expect(await askAll(person)).toEqual(["204", "204", STALE]);
    }
  });

  it("is not renewed by a wrong try, by a challenge, or by what it opened", async () => {
    const person = await enter();
    shop.clock.now += 6 * MINUTE;
    await person.post("/privacy/step-up", { method: "totp", code: "", action: "manage" });
    await person.post("/privacy/step-up/message", { channel: "sms", action: "manage" });
    await person.get("/line");
    expect(await sum(await person.get("/manage"))).toBe(STALE);
  });

  it("by a weaker factor is none for what people prove with, also where a stronger one was given before", async () => {
    const person = await enter();
    await person.post("/privacy/step-up/message", { channel: "sms", action: "manage" });
    const proof = { method: "message", code: inbox.codes.at(-1), action: "manage" };
    expect(await sum(await person.post("/privacy/step-up", proof))).toBe("200");
    expect(await sum(await person.post("/privacy/factors/totp", {}))).toBe("401 factor-weak");
    expect(await sum(await person.post("/privacy/factors/recovery-codes", {}))).toBe("401 factor-weak");
    expect(await sum(await stepUp(person, shop, "manage"))).toBe("200");
    expect(await sum(await person.post("/privacy/factors/totp", {}))).toMatch(/^201/);
  });

  it("does not come along to another log-in, however fresh it is", async () => {
    const person = await enter();
    shop.clock.now += 1;
    const again = logInAgain(person, port, shop.clock.now);
    expect(new Set(await askAll(again))).toEqual(new Set(["401 second-factor-missing"]));
  });
});
