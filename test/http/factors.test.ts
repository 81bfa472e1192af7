import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openBrowser } from "../../packages/auth/test/passkeys.ts";
import {
  enrolPasskey,
  expectStatus,
  logInAgain,
  makeRecoveryCodes,
  mountLine,
  ORIGIN,
  openInbox,
  PASSKEYS,
  read,
  stepUp,
  sum,
} from "../fixtures/factors.ts";
import { enrolledPerson, openShop, type Person, personOf, type Shop } from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";

const MINUTE = 60_000;

describe("the endpoints of factors", () => {
  const inbox = openInbox();
  const onNotice = vi.fn();
  let shop: Shop;
  let port: number;
  let count = 0;

  beforeAll(async () => {
    shop = await openShop(mountLine, { passkeys: PASSKEYS, channels: [inbox.channel], onNotice });
    port = await shop.listen();
  });
  afterAll(() => shop.close());

  const newUser = (): string => `staff/factor-${count++}/S1/owner`;
  const newcomer = (): Person => personOf(port, newUser(), shop.clock.now);
  const enter = (): Promise<Person> => enrolledPerson(shop, port, newUser());
  const again = (person: Person): Person => {
    shop.clock.now += MINUTE;
    return logInAgain(person, port, shop.clock.now);
  };
  const list = async (person: Person) => read(await person.get("/privacy/factors"));

  async function actionsOf(person: Person): Promise<readonly string[]> {
    const id = person.headers["x-user"]?.split("/")[1] ?? "";
    const { entries } = await shop.garim.log.find({ actor: id }, { limit: 50 });
    return entries.map(({ access }) => `${access.action} ${access.reason ?? access.outcome}`).reverse();
  }

  it("tell who has nothing what is offered here", async () => {
    expect(await list(newcomer())).toEqual({
      factors: [],
      recoveryCodesLeft: 0,
      channels: ["sms"],
      lockedUntil: null,
      isDisabled: false,
      offersPasskeys: true,
    });
  });

  it("enrol an app with its QR code, confirmed by use", async () => {
    const person = newcomer();
    const enrolment = await expectStatus(person.post("/privacy/factors/totp", { name: "새 폰" }), 201);
    expect(enrolment.headers.get("cache-control")).toBe("no-store");
    const { secret, uri, svg } = await read(enrolment);
    expect(String(uri)).toContain(`secret=${secret}`);
    expect(svg).toMatch(/^<svg /);
    const code = totpCode(String(secret), shop.clock.now);
    const proved = await person.post("/privacy/factors/totp/confirmation", { code });
    expect(await read(proved)).toEqual({ secondFactorAt: shop.clock.now });
    expect(await list(person)).toMatchObject({
      factors: [{ kind: "totp", name: "새 폰", addedAt: shop.clock.now, usedAt: shop.clock.now }],
    });
    expect((await person.get("/line")).status).toBe(200);
  });

  it("enrol a passkey, and prove by it in a later log-in", async () => {
    const person = newcomer();
    const browser = await enrolPasskey(person);
    expect((await person.get("/line")).status).toBe(200);
    const later = again(person);
    const { options } = await read(await expectStatus(later.post("/privacy/step-up/passkey", {}), 200));
    const response = browser.get(options as unknown as object);
    const proved = await later.post("/privacy/step-up", { method: "passkey", response });
    expect(await read(proved)).toEqual({ secondFactorAt: shop.clock.now });
    expect((await later.get("/line")).status).toBe(200);
  });

  it("[V6.4.4] make recovery codes, each of which replaces a lost device once", async () => {
    const person = await enter();
    const [code = ""] = await makeRecoveryCodes(person);
    const later = again(person);
    expect(await sum(await later.post("/privacy/step-up", { method: "recovery", code }))).toBe("200");
    expect(await sum(await later.post("/privacy/factors/totp", {}))).toBe("201");
    expect(await list(later)).toMatchObject({ recoveryCodesLeft: 9 });
    const third = again(person);
    expect(await sum(await third.post("/privacy/step-up", { method: "recovery", code }))).toBe(
      "401 second-factor-wrong",
    );
  });

  it("[V6.6.2] send a code by message, for one action of one session", async () => {
    const person = newcomer();
    const sent = await person.post("/privacy/step-up/message", { channel: "sms", action: "download" });
    expect(sent.status).toBe(202);
    expect(await read(sent)).toEqual({ channel: "sms", expiresAt: shop.clock.now + 10 * MINUTE });
    const proof = { method: "message", code: inbox.codes.at(-1) };
    expect(await sum(await person.post("/privacy/step-up", proof))).toBe("401 second-factor-wrong");
    const right = { ...proof, action: "download" };
    expect(await sum(await person.post("/privacy/step-up", right))).toBe("200");
    expect((await person.get("/line")).status).toBe(200);
    expect(await actionsOf(person)).toContain("send-code done");
  });

  it("ask who can be reached by message for a proof, and not for an enrolment", async () => {
    const person = newcomer();
    expect(await sum(await person.get("/line"))).toBe("401 second-factor-missing");
    expect(await read(await person.get("/privacy/session"))).toMatchObject({ enrolled: true });
  });

  it("rename a factor and remove it, but not the last", async () => {
    const person = await enter();
    await enrolPasskey(person);
    const { factors } = await list(person);
    const [app, key] = (factors as unknown as { id: string }[]).map(({ id }) => `/privacy/factors/${id}`);
    expect(await sum(await person.patch(app ?? "", { name: " 회사 폰\u202e " }))).toBe("204");
    expect(await list(person)).toMatchObject({ factors: [{ name: "회사 폰" }, { kind: "passkey" }] });
    expect(await sum(await person.delete(app ?? ""))).toBe("204");
    expect(await sum(await person.delete(app ?? ""))).toBe("404 factor-unknown");
    expect(await sum(await person.delete(key ?? ""))).toBe("409 factor-last");
    expect(await actionsOf(person)).toEqual(
      expect.arrayContaining(["rename-factor done", "remove-factor done", "remove-factor factor-last"]),
    );
  });

  it.each(["added", "removed"])(
    "[V7.4.3] end every other session of who %s a factor, and not that one",
    async (change) => {
      const person = await enter();
      await enrolPasskey(person);
      const other = again(person);
      await expectStatus(stepUp(other, shop), 200);
      await expectStatus(stepUp(person, shop), 200);
      expect((await other.get("/line")).status).toBe(200);
      const before = person.headers["cookie"];
      if (change === "added") await enrolPasskey(person, openBrowser(ORIGIN));
      else {
        const { factors } = await list(person);
        const [first] = factors as unknown as { id: string }[];
        await expectStatus(person.delete(`/privacy/factors/${first?.id}`), 204);
      }
      expect((await person.get("/line")).status).toBe(200);
      expect(await sum(await other.get("/line"))).toBe("401 factors-changed");
      if (change === "added") expect(person.headers["cookie"]).not.toBe(before);
    },
  );

  it("[V6.3.7] tell the host of every change, so that it tells the person", async () => {
    onNotice.mockClear();
    const person = await enter();
    const [code] = await makeRecoveryCodes(person);
    await again(person).post("/privacy/step-up", { method: "recovery", code });
    const id = person.headers["x-user"]?.split("/")[1];
    await vi.waitFor(() => {
      const told = onNotice.mock.calls.filter(([{ worker }]) => worker.id === id).map(([{ kind }]) => kind);
      expect(told).toEqual(["factor-added", "recovery-codes-made", "recovery-code-used"]);
    });
  });

  it("[V16.2.5] record each deed, and never a code, a secret or the name of a factor", async () => {
    const person = await enter();
    const browser = await enrolPasskey(person);
    const codes = await makeRecoveryCodes(person);
    const { options } = await read(await person.post("/privacy/step-up/passkey", { action: "manage" }));
    const response = browser.get(options as unknown as object);
    await person.post("/privacy/step-up", { method: "passkey", response, action: "manage" });
    await person.post("/privacy/step-up", { method: "totp", code: "000000" });
    expect(await actionsOf(person)).toEqual([
      "log-in done",
      "enrol-factor done",
      "enrol-factor done",
      "enrol-factor done",
      "enrol-factor done",
      "make-recovery-codes done",
      "step-up done",
      "step-up-failed second-factor-wrong",
    ]);
    const { entries } = await shop.garim.log.find({}, { limit: 100 });
    const text = JSON.stringify(entries);
    for (const secret of [person.secret, ...codes, ...inbox.codes, "000000", "회사 폰"])
      expect(text).not.toContain(secret);
  });

  it("[V6.1.1] record a lock, tell it, and end it by the clock", async () => {
    const person = await enter();
    for (let i = 0; i < 10; i++) {
      const guesser = i % 5 === 0 ? again(person) : undefined;
      const one = guesser ?? again(person);
      await one.post("/privacy/step-up", { method: "totp", code: "" });
    }
    const later = again(person);
    expect(await sum(await stepUp(later, shop))).toBe("429 account-locked");
    const { lockedUntil } = await list(later);
    expect(Number(lockedUntil)).toBeGreaterThan(shop.clock.now);
    await vi.waitFor(async () => expect(await actionsOf(person)).toContain("account-locked account-locked"));
    shop.clock.now = Number(lockedUntil);
    expect(await sum(await stepUp(later, shop))).toBe("200");
  });

  it.each<[string, Person["post"] extends (path: string, body: infer B) => unknown ? B : never, string]>([
    ["/step-up", { method: "totp", code: "000000", action: "export" }, "400 action-unknown"],
    ["/step-up", { method: "totp", code: "000000", action: ["view"] }, "400 action-unknown"],
    ["/step-up", { method: "password", code: "000000" }, "401 second-factor-wrong"],
    ["/step-up", { method: "passkey", response: { id: "x" } }, "401 second-factor-wrong"],
    ["/step-up", { method: "recovery", code: "AAAA-AAAA-AAAA-AAAA" }, "401 second-factor-wrong"],
    ["/step-up", { method: "message", code: "000000" }, "401 second-factor-wrong"],
    ["/step-up/passkey", {}, "401 second-factor-unenrolled"],
    ["/step-up/passkey", { action: 1 }, "400 action-unknown"],
    ["/step-up/message", {}, "400 channel-missing"],
    ["/step-up/message", { channel: "fax" }, "404 factor-not-offered"],
    ["/step-up/message", { channel: "__proto__" }, "404 factor-not-offered"],
    ["/step-up/message", { channel: "sms", action: "x" }, "400 action-unknown"],
    ["/factors/passkey/confirmation", { response: null }, "401 second-factor-wrong"],
    ["/factors/totp/confirmation", { code: "000000" }, "401 second-factor-wrong"],
  ])("answer what nobody could have meant at %s: %j with %s", async (path, body, expected) => {
    const person = await enter();
    expect(await sum(await person.post(`/privacy${path}`, body))).toBe(expected);
  });

  it.each([
    [{}, "400 name-missing"],
    [{ name: "  " }, "400 name-missing"],
    [{ name: 1 }, "400 name-missing"],
    [{ name: "x" }, "404 factor-unknown"],
  ])("rename nothing by %j: %s", async (body, expected) => {
    const person = await enter();
    expect(await sum(await person.patch("/privacy/factors/0123456789abcdef", body))).toBe(expected);
  });

  it("answer a path that is none with a problem, and not with an error's text", async () => {
    const person = await enter();
    const answer = await person.delete("/privacy/factors/%E0%A4%A");
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toMatch(/URIError|E0%A4/);
  });

  it("[V7.5.1] change nothing once the proof is older than five minutes", async () => {
    const person = await enter();
    const { factors } = await list(person);
    const [app] = factors as unknown as { id: string }[];
    shop.clock.now += 5 * MINUTE + 1;
    const asked = [
      person.post("/privacy/factors/totp", {}),
      person.post("/privacy/factors/passkey", {}),
      person.post("/privacy/factors/recovery-codes", {}),
      person.patch(`/privacy/factors/${app?.id}`, { name: "x" }),
      person.delete(`/privacy/factors/${app?.id}`),
    ];
    for (const answer of await Promise.all(asked)) {
      expect(answer.headers.get("www-authenticate")).toContain('max_age="300"');
      expect(await sum(answer)).toBe("401 second-factor-stale");
    }
  });
});

describe("a channel that fails", () => {
  it("is answered 503 with a reason, on record, and voids nothing else", async () => {
    const channel = { name: "sms", send: () => Promise.reject(new Error("gateway is down")) };
    const shop = await openShop(mountLine, { channels: [channel] });
    const port = await shop.listen();
    const person = await enrolledPerson(shop, port, "staff/unreached/S1/owner");
    const answer = await person.post("/privacy/step-up/message", { channel: "sms" });
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await sum(answer)).toBe("503 channel-failed");
    const { entries } = await shop.garim.log.find({ actor: "unreached" }, { limit: 1 });
    expect(entries[0]?.access).toMatchObject({ action: "send-code", outcome: "refused" });
    expect(JSON.stringify(shop.diagnostics)).not.toContain("gateway is down");
    expect(await sum(await stepUp(person, shop))).toBe("200");
    await shop.close();
  });
});
