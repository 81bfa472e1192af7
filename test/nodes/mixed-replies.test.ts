import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountLine } from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, type Shop } from "../fixtures/shop.ts";
import { startRedisOrSkip } from "../services/redis.ts";
import { connectNodeRedis, type NodeRedis } from "../services/redis-clients.ts";

const WHAT = "a Redis client that mixes up replies";
const redis = await startRedisOrSkip(WHAT);
const ROUNDS = 8;

type Resolve = (reply: unknown) => void;

describe.skipIf(redis === undefined)(`[B1] ${WHAT}`, () => {
  let shop: Shop;
  let anna: Person;
  let bora: Person;
  let client: NodeRedis;
  let close: () => Promise<void>;
  let isMixing = false;
  let swapped = 0;
  const waiting = new Map<string, { readonly reply: unknown; readonly resolve: Resolve }>();

  /** Hands each reply to whoever asked for the same of another key: what a reconnected client did to shops. @param kind - of the key */
  function mix(kind: string, reply: unknown, resolve: Resolve): void {
    const before = waiting.get(kind);
    waiting.delete(kind);
    if (before === undefined) {
      const own = { reply, resolve };
      waiting.set(kind, own);
      // Nobody asks beside: it is its own after all.
      setTimeout(() => {
        if (waiting.get(kind) !== own) return;
        waiting.delete(kind);
        resolve(reply);
      }, 20);
      return;
    }
    swapped++;
    before.resolve(reply);
    resolve(before.reply);
  }

  beforeAll(async () => {
    const connection = await connectNodeRedis(redis?.url ?? "");
    ({ client, close } = connection);
    shop = await openShop(mountLine, {
      redis: async (args) => {
        const reply = await client.sendCommand(args);
        const kind = /^garim:v\d\/[a-z-]+/.exec(args[3] ?? "")?.[0] ?? "";
        return isMixing ? await new Promise<unknown>((resolve) => mix(kind, reply, resolve)) : reply;
      },
    });
    const port = await shop.listen();
    anna = await enrolledPerson(shop, port, "staff/anna/S1/owner");
    bora = await enrolledPerson(shop, port, "staff/bora/S1/owner");
  });
  afterAll(async () => {
    await shop?.close();
    await close?.();
    await redis?.stop();
  });

  /** Whose session it is told to be, or that nobody can tell. */
  const toldBy = async (answer: Response): Promise<string> => {
    const { worker, reason } = (await answer.json()) as { worker?: { id: string }; reason?: string };
    return worker?.id ?? String(reason);
  };

  it("shows nobody another's session: each gets their own, or nothing", async () => {
    isMixing = true;
    const told: string[] = [];
    const statuses: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // What was read stands for a second.
      shop.clock.now += 1_000;
      const [own, others] = await Promise.all([anna.get("/privacy/session"), bora.get("/privacy/session")]);
      const [annas, boras] = [await toldBy(own), await toldBy(others)];
      expect(["anna", "unavailable"]).toContain(annas);
      expect(["bora", "unavailable"]).toContain(boras);
      told.push(annas, boras);
      for (const { status } of await Promise.all([anna.get("/line"), bora.get("/line")]))
        statuses.push(status);
    }
    expect(swapped).toBeGreaterThan(0);
    expect(told).toContain("unavailable");
    expect(statuses).toContain(503);
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  });

  it("and goes on as before once it is mended", async () => {
    isMixing = false;
    shop.clock.now += 1_000;
    for (const person of [anna, bora]) expect((await person.get("/line")).status).toBe(200);
  });
});
