import { describe, expect, it } from "vitest";
import {
  enrolPasskey,
  expectStatus,
  makeRecoveryCodes,
  openInbox,
  PASSKEYS,
  read,
} from "../fixtures/factors.ts";
import { stagePair } from "../fixtures/pair-stage.ts";
import { type Person, personOf } from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";

const POSTS = 60;

describe("[V15.4.2] [T2 V6.5.1] one proof, posted sixty times at once to two nodes", () => {
  const inbox = openInbox();
  const stage = stagePair("race", { passkeys: PASSKEYS, channels: [inbox.channel] });
  const { enter, newUser } = stage;

  /** A later log-in, in which nothing is proved. */
  async function logIn(person: Person): Promise<Person> {
    const again = stage.logIn(person, 0);
    await again.get("/line");
    return again;
  }

  /** Posts one body in the sessions of some people, to both nodes in turn. @returns how many times it proved something */
  async function race(people: readonly Person[], body: object): Promise<number> {
    const posts = Array.from({ length: POSTS }, (_, i) => {
      const { headers } = people[i % people.length] as Person;
      const url = `http://127.0.0.1:${stage.pair.nodes[i % 2]?.port}/privacy/step-up`;
      const init = { method: "POST", body: JSON.stringify(body) };
      return fetch(url, { ...init, headers: { "content-type": "application/json", ...headers } });
    });
    const statuses = (await Promise.all(posts)).map(({ status }) => status);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    return statuses.filter((status) => status === 200).length;
  }

  it("proves once where it is an app's code, in however many sessions", async () => {
    const person = await enter();
    const sessions = [await logIn(person), await logIn(person), await logIn(person)];
    const code = totpCode(person.secret, stage.pair.clock.now);
    expect(await race(sessions, { method: "totp", code })).toBe(1);
  });

  it("proves once where it confirms an enrolment", async () => {
    const [{ port }] = stage.pair.nodes;
    const person = personOf(port, newUser(), stage.pair.clock.now);
    const { secret } = await read(await expectStatus(person.post("/privacy/factors/totp", {}), 201));
    const body = JSON.stringify({ code: totpCode(String(secret), stage.pair.clock.now) });
    const headers = { "content-type": "application/json", ...person.headers };
    const posts = Array.from({ length: POSTS }, (_, i) =>
      fetch(`http://127.0.0.1:${stage.pair.nodes[i % 2]?.port}/privacy/factors/totp/confirmation`, {
        method: "POST",
        headers,
        body,
      }),
    );
    const statuses = (await Promise.all(posts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  it("proves once where it is a recovery code", async () => {
    const person = await enter();
    const [code] = await makeRecoveryCodes(person);
    const sessions = [await logIn(person), await logIn(person)];
    expect(await race(sessions, { method: "recovery", code })).toBe(1);
  });

  it("proves once where it is a code by message", async () => {
    const session = await logIn(await enter());
    await expectStatus(session.post("/privacy/step-up/message", { channel: "sms" }), 202);
    expect(await race([session], { method: "message", code: inbox.codes.at(-1) })).toBe(1);
  });

  it("proves once where it is what a passkey signed", async () => {
    const person = await enter();
    const browser = await enrolPasskey(person);
    const session = await logIn(person);
    const { options } = await read(await session.post("/privacy/step-up/passkey", {}));
    const response = browser.get(options as unknown as object);
    expect(await race([session], { method: "passkey", response })).toBe(1);
  });
});
