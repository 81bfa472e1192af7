import { describe, expect, it } from "vitest";
import {
  enrolPasskey,
  expectStatus,
  makeRecoveryCodes,
  openInbox,
  PASSKEYS,
  read,
  stepUp,
  sum,
} from "../fixtures/factors.ts";
import { stagePair } from "../fixtures/pair-stage.ts";
import { enrolledPerson, type Person, personOf } from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";

const MINUTE = 60_000;

describe("[S6 V7.5.1] a session without the factor, on two nodes", () => {
  const inbox = openInbox();
  const stage = stagePair("own", { passkeys: PASSKEYS, channels: [inbox.channel] });
  const { enter, newUser } = stage;
  /** Whoever has the password: a log-in of their own, on the other node. */
  const steal = (person: Person): Person => stage.logIn(person);
  const idsOf = async (person: Person): Promise<readonly string[]> => {
    const { factors } = await read(await person.get("/privacy/factors"));
    return (factors as unknown as { id: string }[]).map(({ id }) => id);
  };

  /** Everything that changes what somebody proves with. */
  async function changeAll(thief: Person): Promise<ReadonlySet<string>> {
    const [id] = await idsOf(thief);
    const answers = [
      await thief.post("/privacy/factors/totp", {}),
      await thief.post("/privacy/factors/passkey", {}),
      await thief.post("/privacy/factors/recovery-codes", {}),
      await thief.patch(`/privacy/factors/${id}`, { name: "mine" }),
      await thief.delete(`/privacy/factors/${id}`),
      await thief.delete("/privacy/sessions"),
    ];
    return new Set(await Promise.all(answers.map(sum)));
  }

  it("adds, replaces, renames and removes nothing, and ends nobody's session", async () => {
    const person = await enter();
    await enrolPasskey(person);
    const thief = steal(person);
    expect([...(await changeAll(thief))]).toEqual(["401 second-factor-missing"]);
    expect(await idsOf(person)).toHaveLength(2);
    expect((await person.get("/line")).status).toBe(200);
  });

  it("changes nothing after a code by message either: the number may be taken over", async () => {
    const person = await enter();
    const thief = steal(person);
    await expectStatus(thief.post("/privacy/step-up/message", { channel: "sms", action: "manage" }), 202);
    const proof = { method: "message", action: "manage", code: inbox.codes.at(-1) };
    expect(await sum(await thief.post("/privacy/step-up", proof))).toBe("200");
    const sums = await changeAll(thief);
    // Sessions may be ended: who has only the phone left has to get a thief out.
    expect([...sums].sort()).toEqual(["204", "401 factor-weak"]);
    expect(await idsOf(thief)).toHaveLength(1);
  });

  it("[V2.3.1] confirms nothing that another session began", async () => {
    const person = await enter();
    const { secret } = await read(await expectStatus(person.post("/privacy/factors/totp", {}), 201));
    const thief = steal(person);
    const code = totpCode(String(secret), stage.pair.clock.now);
    expect(await sum(await thief.post("/privacy/factors/totp/confirmation", { code }))).toBe(
      "401 second-factor-wrong",
    );
    expect(await idsOf(person)).toHaveLength(1);
  });

  it("keeps nothing it began before the first factor was enrolled", async () => {
    const [one, other] = stage.pair.nodes;
    const user = newUser();
    const thief = personOf(other.port, user, stage.pair.clock.now);
    const begun = await read(await expectStatus(thief.post("/privacy/factors/totp", {}), 201));
    stage.pair.clock.now += MINUTE;
    const person = await enrolledPerson(one.shop, one.port, user);
    const code = totpCode(String(begun["secret"]), stage.pair.clock.now);
    expect(await sum(await thief.post("/privacy/factors/totp/confirmation", { code }))).toBe(
      "401 second-factor-wrong",
    );
    expect(await idsOf(person)).toHaveLength(1);
  });

  it("learns no secret in the second in which its node does not know yet that a reset ended it", async () => {
    const person = await enter();
    const thief = steal(person);
    // Twice, so that the node remembers the session.
    for (let i = 0; i < 2; i++) await thief.get("/privacy/session");
    const id = person.headers["x-user"]?.split("/")[1] ?? "";
    await stage.pair.nodes[0].shop.garim.staff.reset({ kind: "staff", id, sellerId: "S1" });
    for (const path of ["/privacy/factors/totp", "/privacy/factors/passkey"]) {
      const answer = await thief.post(path, {});
      const text = await answer.text();
      expect([answer.status, JSON.parse(text).reason]).toEqual([401, "factors-changed"]);
      expect(text).not.toMatch(/secret|challenge/);
    }
  });

  it("is what a recovery code makes a full one: whoever lost the phone replaces it", async () => {
    const person = await enter();
    const [code] = await makeRecoveryCodes(person);
    const [lost] = await idsOf(person);
    const later = steal(person);
    await expectStatus(later.post("/privacy/step-up", { method: "recovery", code }), 200);
    await enrolPasskey(later);
    expect(await sum(await later.delete(`/privacy/factors/${lost}`))).toBe("204");
    expect(await idsOf(later)).toHaveLength(1);
    stage.pair.clock.now += 1_000;
    expect(await sum(await person.get("/line"))).toBe("401 factors-changed");
    expect(await sum(await stepUp(steal(person), stage.pair.nodes[0].shop))).toBe("401 second-factor-wrong");
  });
});
