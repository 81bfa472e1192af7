import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { logInAgain, mountLine, read, sum } from "../fixtures/factors.ts";
import { enrolledPerson, type Person, personOf } from "../fixtures/shop.ts";
import { openShopPair, type ShopPair } from "../fixtures/shop-pair.ts";
import { totpCode } from "../fixtures/totp.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe.each([90 * SECOND, -90 * SECOND])(
  "[S7 V6.5.8] two nodes of which one's clock is %d ms ahead",
  (ms) => {
    const skew = { ms };
    let pair: ShopPair;
    let count = 0;

    beforeAll(async () => {
      pair = await openShopPair(mountLine, { skew });
    });
    beforeEach(() => {
      skew.ms = ms;
    });
    afterAll(() => pair.close());

    const enter = (): Promise<Person> => {
      const [{ shop, port }] = pair.nodes;
      return enrolledPerson(shop, port, `staff/clock${ms}-${count++}/S1/owner`);
    };
    const logIn = (person: Person, node: 0 | 1): Person => {
      pair.clock.now += MINUTE;
      // The host's clock is the one that is behind: a log-in of a minute from now is none.
      return logInAgain(person, pair.nodes[node].port, pair.clock.now - 90 * SECOND);
    };
    /** The same session's cookies at the other node. */
    const at = (person: Person, node: 0 | 1): Person => {
      const same = personOf(pair.nodes[node].port, "", 0);
      Object.assign(same.headers, person.headers);
      return same;
    };
    /** What the app shows by a node's own clock. */
    const shown = ({ secret }: Person, node: 0 | 1) =>
      totpCode(secret, pair.clock.now + (node === 0 ? 0 : skew.ms));

    it("[T1] take a code on one of them only, whichever saw it first", async () => {
      for (const [first, second] of [
        [0, 1],
        [1, 0],
      ] as const) {
        const person = await enter();
        pair.clock.now += 5 * MINUTE;
        const [one, other] = [logIn(person, first), logIn(person, second)];
        const code = shown(person, first);
        expect(await sum(await one.post("/privacy/step-up", { method: "totp", code }))).toBe("200");
        for (let i = 0; i < 4; i++) {
          expect(await sum(await other.post("/privacy/step-up", { method: "totp", code }))).toBe(
            "401 second-factor-wrong",
          );
          pair.clock.now += 30 * SECOND;
        }
      }
    });

    it("show data to who has just proved on the other one", async () => {
      const person = await enter();
      const there = logIn(person, 1);
      pair.clock.now += 5 * MINUTE;
      const code = shown(person, 1);
      expect(await sum(await there.post("/privacy/step-up", { method: "totp", code }))).toBe("200");
      for (const node of [0, 1] as const) expect((await at(there, node).get("/line")).status).toBe(200);
      expect((await at(there, 0).get("/privacy/sessions")).status).toBe(200);
    });

    it("[V7.3.1] end an idle session no later than a clock says, and revive it on neither", async () => {
      const person = await enter();
      pair.clock.now += 30 * MINUTE + 90 * SECOND;
      const answers = [await at(person, 1).get("/line"), await at(person, 0).get("/line")];
      for (const answer of answers) expect(answer.status).toBe(401);
      pair.clock.now -= 20 * MINUTE;
      for (const node of [0, 1] as const) expect((await at(person, node).get("/line")).status).toBe(401);
    });

    it("fail nowhere where a clock goes back", async () => {
      const person = await enter();
      await person.get("/line");
      skew.ms -= 10 * MINUTE;
      const back = at(person, 1);
      for (const path of ["/line", "/privacy/session", "/privacy/factors", "/privacy/sessions"])
        expect((await back.get(path)).status).toBeLessThan(500);
      const later = logIn(person, 1);
      const answer = await later.post("/privacy/step-up", { method: "totp", code: shown(person, 1) });
      expect(answer.status).toBeLessThan(500);
      expect((await read(answer))["reason"] ?? "proved").not.toBe("unavailable");
    });

    it("keep nothing alive where a clock goes back: who signed out stays out, on both", async () => {
      const out = await enter();
      // The cookies of before: whoever kept a copy of them.
      const kept = ([0, 1] as const).map((node) => at(out, node));
      expect((await out.post("/privacy/sign-out", {})).status).toBe(204);
      pair.clock.now += 2 * SECOND;
      skew.ms -= 30 * SECOND;
      for (const person of kept) expect(await sum(await person.get("/line"))).toBe("401 log-in-again");
    });

    it("end a session whose user was active minutes after what a node's clock says", async () => {
      const person = await enter();
      skew.ms = -10 * MINUTE;
      expect(await sum(await at(person, 1).get("/line"))).toBe("401 session-idle");
      skew.ms = ms;
      pair.clock.now += 2 * SECOND;
      for (const node of [0, 1] as const) expect((await at(person, node).get("/line")).status).toBe(401);
    });
  },
);
