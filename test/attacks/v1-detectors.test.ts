import type { WatchFinding } from "@garim/policy";
import { DAY, HOUR } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { logInAgain, stepUp } from "../fixtures/factors.ts";
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

/** As low as the policy lets them be, so that a handful of buyers is a lot. */
const LOW = {
  ...{ watchNightSubjects: 2, watchNewSubjects: 2, watchUsualDays: 1, watchNewDays: 1, watchNewTimes: 1 },
  ...{ watchDormantDays: 5, watchUsers: 5, watchFailures: 3 },
} as const;

let shop: Shop;
let port: number;
const found: WatchFinding[] = [];

beforeAll(async () => {
  shop = await openShop(
    (app, garim) => {
      app.set("trust proxy", "loopback");
      mountPrivacy(app, garim);
      app.get("/buyers/:count", garim.reveal([orderLine], { purpose: "fulfilment" }), (req, res) => {
        const count = Number(req.params["count"]);
        res.json(
          Array.from({ length: count }, (_, i) => tidy(lineOf({ buyerId: `b-${i}`, confirmedAt: null }))),
        );
      });
      app.use(garim.errors());
    },
    { watch: { onFinding: (finding) => void found.push(finding) }, policy: LOW },
  );
  port = await shop.listen();
}, 60_000);
afterAll(() => shop.close());

/** Somebody at an office of their own, unless said otherwise; known since now, with a buyer looked at. */
let people = 0;
async function somebody(network = `203.0.${113 + people}.7`): Promise<Person> {
  const person = await enrolledPerson(shop, port, `staff/person-${people++}/S1/owner`);
  return await at(person, network, 0);
}

/** The same person later, from somewhere, with a second factor proved anew. */
async function at(person: Person, network: string, afterMs: number): Promise<Person> {
  // A log-in at the host opens one session: the next one is later.
  shop.clock.now += afterMs + 1_000;
  const again = logInAgain(person, port, shop.clock.now);
  again.headers["x-forwarded-for"] = network;
  expect((await stepUp(again, shop)).status).toBe(200);
  return again;
}

/** Shows a person some buyers, and tells what was found of them then and what became of the session. */
async function show(person: Person, buyers: number): Promise<readonly unknown[]> {
  const before = found.length;
  expect((await person.get(`/buyers/${buyers}`)).status).toBe(200);
  const told = found.slice(before).map(({ reason, action }) => [reason, action]);
  return told;
}

const officeOf = (person: Person): string => person.headers["x-forwarded-for"] ?? "";
const isAskedAnew = (person: Person): Promise<void> =>
  vi.waitFor(async () => expect((await person.get("/buyers/1")).status).toBe(401));

describe("[V1] who helps themselves slowly", () => {
  it("[notice-2026-9/6-1] is asked anew at night, who does not work at night", async () => {
    const person = await somebody();
    expect(await show(person, 1)).toEqual([]);
    // Nine in the morning becomes half past ten in the evening of the next day.
    const late = await at(person, officeOf(person), DAY + 13.5 * HOUR);
    expect(await show(late, 3)).toEqual([["watch-off-hours", "step-up"]]);
    await isAskedAnew(late);
    shop.clock.now += 10.5 * HOUR;
  });

  it("[notice-2026-9/6-1] is asked anew in a network that was never seen", async () => {
    const person = await somebody();
    expect(await show(person, 1)).toEqual([]);
    const elsewhere = await at(person, "198.51.100.7", DAY);
    expect(await show(elsewhere, 3)).toEqual([["watch-new-network", "step-up"]]);
    await isAskedAnew(elsewhere);
  });

  it("[notice-2026-9/6-1] is asked anew who comes back after a long time, and not the day before", async () => {
    const [person, other] = [await somebody(), await somebody()];
    for (const one of [person, other]) expect(await show(one, 1)).toEqual([]);
    const sooner = await at(other, officeOf(other), 4 * DAY);
    expect(await show(sooner, 3)).toEqual([]);
    const back = await at(person, officeOf(person), DAY);
    expect(await show(back, 3)).toEqual([["watch-dormant", "step-up"]]);
    await isAskedAnew(back);
  });

  it("[notice-2026-9/6-1] is told of and not stopped after a few wrong codes", async () => {
    const person = await somebody();
    const before = found.length;
    for (let i = 0; i < LOW.watchFailures; i++)
      expect((await person.post("/privacy/step-up", { method: "totp", code: "000000" })).ok).toBe(false);
    expect(found.slice(before)).toMatchObject([{ reason: "watch-failures", action: "alert", count: 3 }]);
    expect((await person.get("/buyers/1")).status).toBe(200);
    const id = person.headers["x-user"]?.split("/")[1] ?? "";
    const { entries } = await shop.garim.log.find({ actions: ["signal"], actor: id, person: id });
    expect(entries.map(({ access: { reason, detail } }) => [reason, detail?.["did"]])).toContainEqual([
      "watch-failures",
      "alert",
    ]);
  });

  it("[notice-2026-9/6-1] is answered rarely who reads a little of very many accounts from one network", async () => {
    const before = found.length;
    const crew: Person[] = [];
    for (let i = 0; i <= LOW.watchUsers; i++) {
      const one = await somebody("192.0.2.9");
      crew.push(one);
      expect((await one.get("/buyers/1")).status).toBe(200);
    }
    expect(found.slice(before)).toMatchObject([{ reason: "watch-many-users", action: "throttle" }]);
    const statuses = await Promise.all(crew.map(async (one) => (await one.get("/buyers/1")).status));
    expect(statuses.toSorted()).toEqual([200, ...Array(LOW.watchUsers).fill(429)]);
  });
});
