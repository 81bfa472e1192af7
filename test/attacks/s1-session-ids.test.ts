import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountLine } from "../fixtures/factors.ts";
import { enrolledPerson, type Person, personOf } from "../fixtures/shop.ts";
import { openShopPair, type ShopPair } from "../fixtures/shop-pair.ts";
import { totpCode } from "../fixtures/totp.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const COOKIE = "garim";

/** An id as Garim makes them, which nobody made. */
const inventId = (): string => randomBytes(32).toString("base64url");

/** The session's id in the cookies of a browser. */
function idOf({ headers }: Person): string {
  return new RegExp(`\\b${COOKIE}=([^;]+)`).exec(headers["cookie"] ?? "")?.[1] ?? "";
}

/** What says that it is the same browser: it opens nothing. */
function deviceOf({ headers }: Person): string {
  return /\bgarim-device=[^;]+/.exec(headers["cookie"] ?? "")?.[0] ?? "";
}

describe("[S1] the id of a session, on two nodes", () => {
  let pair: ShopPair;
  let count = 0;

  beforeAll(async () => {
    pair = await openShopPair(mountLine);
  });
  afterAll(() => pair.close());

  const newUser = (): string => `staff/id-${count++}/S1/owner`;

  const enter = (user: string): Promise<Person> => {
    const [{ shop, port }] = pair.nodes;
    return enrolledPerson(shop, port, user);
  };

  /** Proves the second factor once more. */
  async function stepUp(person: Person): Promise<void> {
    pair.clock.now += MINUTE;
    const code = totpCode(person.secret, pair.clock.now);
    expect((await person.post("/privacy/step-up", { method: "totp", code })).status).toBe(200);
  }

  /** What both nodes answer somebody with the host's log-in of a person, once each can know what happened on the other. */
  async function askBoth(
    { headers: { "x-user": user = "", "x-authenticated-at": at = "" } }: Person,
    more: Record<string, string>,
    path = "/line",
  ): Promise<readonly number[]> {
    pair.clock.now += SECOND;
    const headers = { "x-user": user, "x-authenticated-at": at, ...more };
    const answers = pair.nodes.map(({ port }) => fetch(`http://127.0.0.1:${port}${path}`, { headers }));
    return (await Promise.all(answers)).map(({ status }) => status);
  }

  const openedBy = (person: Person, id: string) =>
    askBoth(person, { cookie: `${deviceOf(person)}; ${COOKIE}=${id}` });

  it("[V7.2.1] opens nothing that the store does not know of, and nothing of anybody else", async () => {
    const person = await enter(newUser());
    const other = await enter(newUser());
    const id = idOf(person);
    const changed = `${id.slice(0, -1)}${id.endsWith("A") ? "B" : "A"}`;
    for (const forged of [inventId(), idOf(other), changed, id.toLowerCase(), `${id}=`, `"${id}"`, ""])
      expect(await openedBy(person, forged), forged).toEqual([401, 401]);
    expect(await openedBy(person, id)).toEqual([200, 200]);
  });

  it("[V7.2.1] is never one that somebody brought along", async () => {
    for (const { port } of pair.nodes) {
      const person = personOf(port, newUser(), pair.clock.now);
      const planted = inventId();
      person.headers["cookie"] = `${COOKIE}=${planted}`;
      await person.get("/line");
      expect(idOf(person)).toMatch(/^[\w-]{43}$/);
      expect(idOf(person)).not.toBe(planted);
    }
  });

  it("[V7.2.4] is another after each proof, and the one before is dead", async () => {
    const [{ shop, port }] = pair.nodes;
    const visitor = personOf(port, newUser(), shop.clock.now);
    await visitor.get("/line");
    const person = await enter(visitor.headers["x-user"] ?? "");
    const first = idOf(person);
    await stepUp(person);
    const second = idOf(person);
    expect(new Set([idOf(visitor), first, second]).size).toBe(3);
    for (const old of [idOf(visitor), first]) expect(await openedBy(person, old)).toEqual([401, 401]);
    expect(await openedBy(person, second)).toEqual([200, 200]);
  });

  it("[V7.2.4] is another after each log-in, and what the one before opened stays its own", async () => {
    const user = newUser();
    const before = await enter(user);
    await before.post("/privacy/sign-out", {});
    pair.clock.now += SECOND;
    const [{ port }] = pair.nodes;
    const after = personOf(port, user, pair.clock.now);
    after.secret = before.secret;
    await after.get("/line");
    await stepUp(after);
    expect(await openedBy(after, idOf(before))).toEqual([401, 401]);
    expect(await openedBy(before, idOf(after))).toEqual([401, 401]);
    expect(await openedBy(after, idOf(after))).toEqual([200, 200]);
  });

  it("[V7.2.2] comes in its cookie, once, and in no other way", async () => {
    const person = await enter(newUser());
    const id = idOf(person);
    const others: readonly Record<string, string>[] = [
      {},
      { authorization: `Bearer ${id}` },
      { "x-session-id": id },
      { cookie: `${COOKIE}=${id}; ${COOKIE}=${id}` },
      { cookie: `session=${id}` },
    ];
    for (const other of others) expect(await askBoth(person, other)).toEqual([401, 401]);
    for (const path of [`/line?${COOKIE}=${id}`, `/line;${COOKIE}=${id}`])
      expect(await askBoth(person, {}, path)).not.toContain(200);
    expect(await openedBy(person, id)).toEqual([200, 200]);
  });
});
