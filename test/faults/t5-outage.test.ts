import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { enrolledPerson, type Person, personOf } from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";
import { type Answer, startTraffic } from "./traffic.ts";
import { openTwoNodes, type Stores, startStoresOrSkip, type TwoNodes } from "./two-nodes.ts";

const MINUTES = 60_000;
const PATIENT = { timeout: MINUTES, interval: 50 };

/** How long a node believes a session it has read. */
const CACHED = 1_000;

const stores = await startStoresOrSkip("two nodes whose stores stop and come back");

describe.skipIf(stores === undefined)("[T5 V16.5.2 V16.5.3] two nodes under traffic", () => {
  let two: TwoNodes;
  let person: Person;

  beforeAll(async () => {
    two = await openTwoNodes(stores as Stores, Date.now);
    const [{ shop, port }] = two.nodes;
    person = await enrolledPerson(shop, port, "staff/anna/S1/owner");
  });
  afterAll(async () => {
    await two?.close();
    await stores?.postgres.stop();
    await stores?.redis.stop();
  });

  const untilEachNode = (answers: readonly Answer[], status: number, from: number) =>
    vi.waitFor(() => {
      for (const node of [0, 1]) {
        const found = answers.filter((answer) => answer.node === node && answer.startedAt >= from);
        expect(found.filter((answer) => answer.status === status).length).toBeGreaterThan(2);
      }
    }, PATIENT);

  it.each<[string, (stores: Stores) => unknown, (stores: Stores) => unknown]>([
    ["Redis is killed and started again", ({ redis }) => redis.kill(), ({ redis }) => redis.restart()],
    ["Redis stands still and goes on", ({ redis }) => redis.pause(), ({ redis }) => redis.resume()],
    [
      "PostgreSQL is killed and started again",
      ({ postgres }) => postgres.kill(),
      ({ postgres }) => postgres.restart(),
    ],
    [
      "both are killed and started again",
      ({ postgres, redis }) => Promise.all([postgres.kill(), redis.kill()]),
      ({ postgres, redis }) => Promise.all([postgres.restart(), redis.restart()]),
    ],
  ])(
    "answer 503 with Retry-After while %s, and 200 again by themselves, each on record",
    async (_, stop, start) => {
      const traffic = startTraffic(two.nodes, person);
      const { answers } = traffic;
      await untilEachNode(answers, 200, 0);
      await stop(stores as Stores);
      await sleep(CACHED + 1);
      const outFrom = performance.now();
      await untilEachNode(answers, 503, outFrom);
      const outUntil = performance.now();
      await start(stores as Stores);
      await untilEachNode(answers, 200, performance.now());
      await traffic.stop();

      const wrong = answers.filter(({ status, retryAfter }) =>
        status === 503 ? retryAfter !== "5" : status !== 200,
      );
      expect(wrong).toEqual([]);
      const whileOut = answers.filter(
        ({ startedAt, endedAt }) => startedAt >= outFrom && endedAt <= outUntil,
      );
      expect(new Set(whileOut.map(({ status }) => status))).toEqual(new Set([503]));
      expect(await missingRecords(answers)).toEqual([]);
    },
    5 * MINUTES,
  );

  /** Ids of records that clients hold and the log does not. */
  async function missingRecords(answers: readonly Answer[]): Promise<readonly string[]> {
    const held = answers.filter(({ status }) => status === 200).map(({ record }) => record ?? "none");
    const recorded = new Set<string>();
    const { log } = two.nodes[0].shop.garim;
    for (let before: number | undefined; ; ) {
      const page = await log.find({}, { limit: 1_000, ...(before === undefined ? {} : { before }) });
      for (const { id } of page.entries) recorded.add(id);
      if (page.next === null) break;
      before = page.next;
    }
    return held.filter((id) => !recorded.has(id));
  }

  it(
    "keep a session ended that was ended before Redis was killed",
    async () => {
      const [one, other] = two.nodes;
      const leaver = await enrolledPerson(one.shop, one.port, "staff/leaver/S1/owner");
      const held: Person["headers"] = { ...leaver.headers };
      expect((await leaver.post("/privacy/sign-out", {})).status).toBe(204);
      await stores?.redis.kill();
      await stores?.redis.restart();
      for (const { port } of [one, other])
        await vi.waitFor(async () => {
          const answer = await fetch(`http://127.0.0.1:${port}/line`, { headers: held });
          expect([answer.status, ((await answer.json()) as { reason: string }).reason]).toEqual([
            401,
            "log-in-again",
          ]);
        }, PATIENT);
    },
    5 * MINUTES,
  );
});

const forgetful = await startStoresOrSkip("two nodes on a Redis that forgets", { appendonly: "no" });

describe.skipIf(forgetful === undefined)("[T5] two nodes on a Redis that forgets everything", () => {
  const clock = { now: Date.parse("2026-11-22T09:00:00+09:00") };
  let two: TwoNodes;

  beforeAll(async () => {
    two = await openTwoNodes(forgetful as Stores, () => clock.now);
  });
  afterAll(async () => {
    await two?.close();
    await forgetful?.postgres.stop();
    await forgetful?.redis.stop();
  });

  it(
    "ask for the second factor anew, and take no code twice all the same",
    async () => {
      const [one, other] = two.nodes;
      const person = await enrolledPerson(one.shop, one.port, "staff/anna/S1/owner");
      const used = totpCode(person.secret, clock.now);
      expect((await person.get("/line")).status).toBe(200);
      await forgetful?.redis.kill();
      await forgetful?.redis.restart();
      clock.now += CACHED;
      for (const { port } of two.nodes) {
        const again = { ...personOf(port, "", 0), headers: person.headers };
        await vi.waitFor(async () => {
          expect(await reasonOf(await getFrom(port, again))).toBe("second-factor-missing");
        }, PATIENT);
      }
      const there = personOf(other.port, "staff/anna/S1/owner", Number(person.headers["x-authenticated-at"]));
      expect(await reasonOf(await there.post("/privacy/step-up", { method: "totp", code: used }))).toBe(
        "second-factor-wrong",
      );
      clock.now += 30_000;
      const next = totpCode(person.secret, clock.now);
      expect((await there.post("/privacy/step-up", { method: "totp", code: next })).status).toBe(200);
      expect((await there.get("/line")).status).toBe(200);
    },
    5 * MINUTES,
  );
});

const getFrom = (port: number, { headers }: Pick<Person, "headers">): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/line`, { headers });

const reasonOf = async (answer: Response): Promise<unknown> =>
  ((await answer.json()) as { reason?: unknown }).reason;
