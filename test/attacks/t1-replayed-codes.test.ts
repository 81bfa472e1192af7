import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountLine } from "../fixtures/factors.ts";
import { enrolledPerson, type Person, personOf } from "../fixtures/shop.ts";
import { openShopPair, type ShopPair } from "../fixtures/shop-pair.ts";
import { totpCode } from "../fixtures/totp.ts";

const SECOND = 1_000;
const PERIOD = 30 * SECOND;
const MINUTE = 60 * SECOND;

/** All of an answer that whoever guesses could learn from: not the clock's, the record's and the connection's own. */
async function told(answer: Response): Promise<unknown> {
  const own = ["date", "garim-record"];
  const headers = [...answer.headers].filter(([name]) => !own.includes(name));
  return { status: answer.status, headers, body: await answer.text() };
}

describe("[T1] a code that was used, on two nodes", () => {
  let pair: ShopPair;
  let count = 0;

  beforeAll(async () => {
    pair = await openShopPair(mountLine);
  });
  afterAll(() => pair.close());

  /** Somebody with a factor, and two later log-ins of theirs: one on each node, nothing proved in either. */
  async function logInTwice(
    afterMs: number,
  ): Promise<{ readonly secret: string; readonly two: readonly [Person, Person] }> {
    const [one, other] = pair.nodes;
    const user = `staff/replay-${count++}/S1/owner`;
    const { secret } = await enrolledPerson(one.shop, one.port, user);
    pair.clock.now += afterMs;
    const two = [
      personOf(one.port, user, pair.clock.now),
      personOf(other.port, user, pair.clock.now + 1),
    ] as const;
    for (const person of two) await person.get("/line");
    return { secret, two };
  }

  async function refusalOf(person: Person, code: string): Promise<unknown> {
    const answer = await person.post("/privacy/step-up", { method: "totp", code });
    return ((await answer.json()) as { readonly reason?: string }).reason;
  }

  it("proves nothing on the other node, nor again in its own session", async () => {
    const { secret, two } = await logInTwice(MINUTE);
    const code = totpCode(secret, pair.clock.now);
    expect((await two[0].post("/privacy/step-up", { method: "totp", code })).status).toBe(200);
    for (const person of two) expect(await refusalOf(person, code)).toBe("second-factor-wrong");
    // A code is taken a period late: a new one may be, this one is used.
    pair.clock.now += PERIOD;
    for (const person of two) expect(await refusalOf(person, code)).toBe("second-factor-wrong");
    expect((await two[0].get("/line")).status).toBe(200);
    expect((await two[1].get("/line")).status).toBe(401);
  });

  it("proves nothing where it confirmed the enrolment", async () => {
    const { secret, two } = await logInTwice(SECOND);
    const code = totpCode(secret, pair.clock.now);
    for (const person of two) expect(await refusalOf(person, code)).toBe("second-factor-wrong");
  });

  it("[V6.3.8] is answered byte by byte as one that is wrong or malformed", async () => {
    const { secret, two } = await logInTwice(MINUTE);
    const [first, second] = two;
    const used = totpCode(secret, pair.clock.now);
    await first.post("/privacy/step-up", { method: "totp", code: used });
    const wrong = totpCode(secret, pair.clock.now + 60 * MINUTE);
    const answers = [];
    for (const code of [used, wrong, "12345", "", null, { $gt: "" }])
      answers.push(await told(await second.post("/privacy/step-up", { method: "totp", code })));
    expect(answers[0]).toMatchObject({ status: 401 });
    // The sixth try of a session is not looked at any more, and says so.
    for (const answer of answers.slice(1, 5)) expect(answer).toEqual(answers[0]);
    expect(answers[5]).not.toEqual(answers[0]);
  });
});
