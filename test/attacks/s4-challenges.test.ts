import { describe, expect, it } from "vitest";
import type { PasskeyBrowser } from "../../packages/auth/test/passkeys.ts";
import { enrolPasskey, logInAgain, openInbox, PASSKEYS, read, sum } from "../fixtures/factors.ts";
import { stagePair } from "../fixtures/pair-stage.ts";
import type { Person } from "../fixtures/shop.ts";

const CLASSES = ["view", "download", "manage"] as const;
type Class = (typeof CLASSES)[number];

/** What was asked for one class of actions, and answered as if for another. */
const CROSSED = CLASSES.flatMap((asked) =>
  CLASSES.filter((answered) => answered !== asked).map((answered) => [asked, answered] as const),
);

const WRONG = "401 second-factor-wrong";
const UNPROVED = "401 second-factor-missing";

describe("[S4 V6.6.2] an answer to a challenge, on two nodes", () => {
  const inbox = openInbox();
  /** An identity check that says yes to everything: the challenge has to be the right one all the same. */
  const pass = { ...openInbox("pass").channel, check: async () => true };
  const stage = stagePair("asked", { passkeys: PASSKEYS, channels: [inbox.channel, pass] });
  const { logIn } = stage;

  /** Somebody with a passkey, logged in anew on the second node; and a way to answer each kind of challenge. */
  async function enter() {
    const person = await stage.enter();
    const browser = await enrolPasskey(person);
    const session = logIn(person);
    return { person, browser, session, ways: waysOf(session, browser) };
  }

  const send = async (session: Person, channel: string, action: Class): Promise<void> =>
    void (await sum(await session.post("/privacy/step-up/message", { channel, action })));

  /** Each way asks for a class and gives what answers it. */
  function waysOf(session: Person, browser: PasskeyBrowser) {
    return {
      async message(action: Class): Promise<object> {
        await send(session, "sms", action);
        return { method: "message", code: inbox.codes.at(-1) };
      },
      async check(action: Class): Promise<object> {
        await send(session, "pass", action);
        return { method: "message", code: "signed" };
      },
      async passkey(action: Class): Promise<object> {
        const { options } = await read(await session.post("/privacy/step-up/passkey", { action }));
        return { method: "passkey", response: browser.get(options as unknown as object) };
      },
    };
  }

  const answer = async (session: Person, offer: object, action?: string): Promise<string> =>
    await sum(await session.post("/privacy/step-up", { ...offer, ...(action ? { action } : {}) }));

  it.each(CROSSED)(
    "asked for %s proves nothing for %s, and what it was asked for",
    async (asked, answered) => {
      for (const way of ["message", "check", "passkey"] as const) {
        const { session, ways } = await enter();
        const offer = await ways[way](asked);
        expect([way, await answer(session, offer, answered)]).toEqual([way, WRONG]);
        expect(await sum(await session.get("/line"))).toBe(UNPROVED);
        expect([way, await answer(session, offer, asked)]).toEqual([way, "200"]);
      }
    },
  );

  it("asked for more than looking proves nothing where nothing is said, and nothing for a class nobody knows", async () => {
    const { session, ways } = await enter();
    const offer = await ways.message("manage");
    expect(await answer(session, offer)).toBe(WRONG);
    for (const action of ["account", "VIEW", "view,manage", "__proto__"])
      expect(await answer(session, offer, action)).toBe("400 action-unknown");
    for (const action of [["view"], { view: true }, null, 0])
      expect(await sum(await session.post("/privacy/step-up", { ...offer, action }))).toBe(
        "400 action-unknown",
      );
    expect(await answer(session, offer, "manage")).toBe("200");
  });

  it.each(["message", "check", "passkey"] as const)(
    "by %s proves nothing in another session of the same person, nor for anybody else",
    async (way) => {
      const { person, session, ways } = await enter();
      const colleague = await enter();
      const offer = await ways[way]("view");
      for (const other of [logIn(person), logIn(colleague.person)]) {
        expect(await answer(other, offer)).toBe(WRONG);
        expect(await sum(await other.get("/line"))).toBe(UNPROVED);
      }
      expect(await answer(session, offer)).toBe("200");
    },
  );

  it.each(["message", "check", "passkey"] as const)(
    "by %s proves nothing for another seller of the same person",
    async (way) => {
      const { session, ways } = await enter();
      const offer = await ways[way]("view");
      const user = `${session.headers["x-user"]}`.replace("/S1/", "/S2/");
      const elsewhere = logInAgain(session, stage.pair.nodes[1].port, stage.pair.clock.now);
      elsewhere.headers["x-user"] = user;
      elsewhere.headers["cookie"] = session.headers["cookie"] ?? "";
      expect(await answer(elsewhere, offer)).not.toBe("200");
      expect((await elsewhere.get("/line")).status).toBe(401);
    },
  );

  it("proves nothing in the session that a proof has raised since: its id is another", async () => {
    const { session, ways } = await enter();
    const before = await ways.message("manage");
    expect(await answer(session, await ways.passkey("view"), "view")).toBe("200");
    expect(await answer(session, before, "manage")).toBe(WRONG);
  });

  it("is no enrolment, and an enrolment's answer is none of these", async () => {
    const { person, browser, session, ways } = await enter();
    const offer = (await ways.passkey("view")) as { response: object };
    expect(await sum(await session.post("/privacy/factors/passkey/confirmation", offer))).toBe(WRONG);
    const asked = await read(await person.post("/privacy/step-up/passkey", {}));
    const begun = await read(await person.post("/privacy/factors/passkey", {}));
    const { challenge } = begun["options"] as unknown as { readonly challenge: string };
    const response = browser.get({ ...(asked["options"] as unknown as object), challenge });
    expect(await answer(person, { method: "passkey", response })).toBe(WRONG);
  });
});
