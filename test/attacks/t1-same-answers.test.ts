import type { PGlite } from "@electric-sql/pglite";
import type { Database } from "@garim/express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PasskeyBrowser } from "../../packages/auth/test/passkeys.ts";
import {
  enrolPasskey,
  logInAgain,
  makeRecoveryCodes,
  mountLine,
  openInbox,
  PASSKEYS,
  read,
} from "../fixtures/factors.ts";
import { openMarketDatabase } from "../fixtures/market-database.ts";
import { enrolledPerson, openShop, type Person, type Shop } from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";

const MINUTE = 60_000;

/** What a try is answered, and what the database was asked for it. */
interface Told {
  readonly status: number;
  readonly headers: readonly (readonly string[])[];
  readonly body: string;
  readonly asked: readonly string[];
}

/** Headers that are the moment's, the record's and the connection's own. */
const OWN: readonly string[] = ["date", "garim-record", "connection", "keep-alive"];

/** What a try asks: of the state, but for the old rows that whichever request is next sweeps, and of the log. */
const isCounted = (text: string): boolean =>
  text.includes("garim.append") || (text.includes("garim.state") && !/\blimit\b/i.test(text));

describe("[T1 T3 V6.3.8] a try that proves nothing", () => {
  const inbox = openInbox();
  const pass = { ...openInbox("pass").channel, check: async () => false };
  const asked: string[] = [];
  let database: PGlite;
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    database = await openMarketDatabase();
    const counted: Database = {
      query(text, values) {
        if (isCounted(text)) asked.push(text);
        return database.query(text, values);
      },
    };
    const options = { database: counted, passkeys: PASSKEYS, channels: [inbox.channel, pass] };
    shop = await openShop(mountLine, options);
    port = await shop.listen();
  });
  afterAll(async () => {
    await shop.close();
    await database.close();
  });

  /** Somebody who failed once: the network is known to have seen that. */
  async function enter(): Promise<Person> {
    const person = await enrolledPerson(shop, port, `staff/told-${count++}/S1/owner`);
    await (await logIn(person)).post("/privacy/step-up", { method: "totp", code: "" });
    return person;
  }

  /** A later log-in, in which nothing is proved, and which this node remembers. */
  async function logIn(person: Person): Promise<Person> {
    shop.clock.now += MINUTE;
    const again = logInAgain(person, port, shop.clock.now);
    for (let i = 0; i < 2; i++) await again.get("/privacy/session");
    return again;
  }

  async function tell(session: Person, offer: object): Promise<Told> {
    asked.length = 0;
    const answer = await session.post("/privacy/step-up", offer);
    const headers = [...answer.headers].filter(([name]) => !OWN.includes(name));
    return { status: answer.status, headers, body: await answer.text(), asked: [...asked] };
  }

  const send = (session: Person, channel: string) =>
    session.post("/privacy/step-up/message", { channel, action: "view" });
  const ask = async (session: Person): Promise<object> =>
    (await read(await session.post("/privacy/step-up/passkey", {})))["options"] as unknown as object;

  const totp = (code: unknown) => ({ method: "totp", code });
  const recovery = (code: unknown) => ({ method: "recovery", code });
  const message = (code: unknown) => ({ method: "message", code });
  const passkey = (response: unknown) => ({ method: "passkey", response });
  const unlike = (code: unknown): string => (code === "000000" ? "000001" : "000000");

  /** What of a passkey is right but for the page that asked. */
  const phished = (browser: PasskeyBrowser, options: object) =>
    browser.sign(browser.get(options), { clientData: { origin: "https://evil.example" } });

  type Case = (person: Person) => Promise<readonly [Person, object]>;

  const proveFirst = async (session: Person, offer: object): Promise<void> => {
    expect((await session.post("/privacy/step-up", offer)).status).toBe(200);
  };

  const CASES: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
    "an app's code": {
      wrong: async (person) => [await logIn(person), totp("000000")],
      malformed: async (person) => [await logIn(person), totp({ $gt: "" })],
      used: async (person) => {
        const session = await logIn(person);
        const offer = totp(totpCode(person.secret, shop.clock.now));
        await proveFirst(session, offer);
        return [await logIn(person), offer];
      },
      "of a kind nobody knows": async (person) => [await logIn(person), { method: "palm", code: "000000" }],
    },
    "a recovery code": {
      wrong: async (person) => {
        await makeRecoveryCodes(person);
        return [await logIn(person), recovery("0000-0000-0000-0000-0000-0000")];
      },
      malformed: async (person) => [await logIn(person), recovery([""])],
      used: async (person) => {
        const [code] = await makeRecoveryCodes(person);
        await proveFirst(await logIn(person), recovery(code));
        return [await logIn(person), recovery(code)];
      },
      "from who has none": async (person) => [await logIn(person), recovery("0000-0000-0000-0000-0000-0000")],
    },
    "a code by message": {
      wrong: async (person) => {
        const session = await logIn(person);
        await send(session, "sms");
        return [session, message(unlike(inbox.codes.at(-1)))];
      },
      malformed: async (person) => {
        const session = await logIn(person);
        await send(session, "sms");
        return [session, message(null)];
      },
      used: async (person) => {
        const session = await logIn(person);
        await send(session, "sms");
        await proveFirst(session, message(inbox.codes.at(-1)));
        await session.get("/privacy/session");
        return [session, message(inbox.codes.at(-1))];
      },
      "sent to another session": async (person) => {
        const session = await logIn(person);
        await send(await logIn(person), "sms");
        return [await logIn(session), message(inbox.codes.at(-1))];
      },
      "from who was sent none": async (person) => [await logIn(person), message("000000")],
      "an identity check that says no": async (person) => {
        const session = await logIn(person);
        await send(session, "pass");
        return [session, message("signed")];
      },
    },
    "a passkey's answer": {
      wrong: async (person) => {
        const browser = await enrolPasskey(person);
        const session = await logIn(person);
        return [session, passkey(phished(browser, await ask(session)))];
      },
      malformed: async (person) => [await logIn(person), passkey({ id: [] })],
      used: async (person) => {
        const browser = await enrolPasskey(person);
        const session = await logIn(person);
        const response = browser.get(await ask(session));
        await proveFirst(session, passkey(response));
        await session.get("/privacy/session");
        return [session, passkey(response)];
      },
      "from who has none": async (person) => [await logIn(person), passkey({})],
    },
  };

  it.each(Object.keys(CASES))("by %s is answered, and costs the database, one and the same", async (kind) => {
    const all: (readonly [string, Told])[] = [];
    for (const [name, prepare] of Object.entries(CASES[kind] ?? {}))
      all.push([name, await tell(...(await prepare(await enter())))]);
    const [, wrong] = all[0] as readonly [string, Told];
    expect(JSON.parse(wrong.body)).toMatchObject({ status: 401, reason: "second-factor-wrong" });
    for (const one of all) expect(one).toEqual([one[0], wrong]);
  });

  it("is answered the same, whatever it was made with", async () => {
    const bodies = new Set<string>();
    for (const offer of [totp("000000"), recovery("x"), message("000000"), passkey({}), { method: 7 }, {}])
      bodies.add((await tell(await logIn(await enter()), offer)).body);
    expect(bodies.size).toBe(1);
  });

  it("is told apart from what is right by nothing while locked, and costs as much as one that is wrong", async () => {
    const person = await enter();
    const [code] = await makeRecoveryCodes(await recent(person));
    const wrong = await tell(await logIn(person), totp("000000"));
    for (let i = 0; i < 8; i++) await (await logIn(person)).post("/privacy/step-up", totp(""));
    await (await logIn(person)).post("/privacy/step-up", totp(""));
    const offers = [
      totp("000000"),
      totp(totpCode(person.secret, shop.clock.now + MINUTE)),
      recovery("x"),
      recovery(code),
    ];
    const locked: Told[] = [];
    for (const offer of offers) locked.push(await tell(await logIn(person), offer));
    expect(JSON.parse(locked[0]?.body ?? "")).toMatchObject({ status: 429, reason: "account-locked" });
    for (const told of locked) expect(told).toEqual(locked[0]);
    expect(locked[0]?.asked).toEqual(wrong.asked);
  });

  /** The person's first session, with a proof as fresh as changing factors wants. */
  async function recent(person: Person): Promise<Person> {
    shop.clock.now += MINUTE;
    await proveFirst(person, totp(totpCode(person.secret, shop.clock.now)));
    return person;
  }
});
