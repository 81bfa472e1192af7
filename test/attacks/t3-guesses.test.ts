import { describe, expect, it } from "vitest";
import { makeRecoveryCodes, openInbox, PASSKEYS, read, sum } from "../fixtures/factors.ts";
import { stagePair } from "../fixtures/pair-stage.ts";
import type { Person } from "../fixtures/shop.ts";
import { totpCode } from "../fixtures/totp.ts";

const MINUTE = 60_000;

/** One wrong try of each kind and way. */
const WRONG: readonly (readonly [string, object])[] = [
  ["/step-up", { method: "totp", code: "000000" }],
  ["/step-up", { method: "totp", code: "" }],
  ["/step-up", { method: "totp" }],
  ["/step-up", { method: "recovery", code: "AAAA-BBBB-CCCC-DDDD" }],
  ["/step-up", { method: "message", code: "000000" }],
  ["/step-up", { method: "passkey", response: {} }],
  ["/step-up", { method: "nothing", code: ["0"] }],
  ["/step-up", { method: "totp", code: "000000", action: "manage" }],
  ["/factors/totp/confirmation", { code: "000000" }],
  ["/factors/passkey/confirmation", { response: {} }],
];

describe("[T3 V6.3.1] guesses on two nodes", () => {
  const inbox = openInbox();
  const stage = stagePair("guess", { passkeys: PASSKEYS, channels: [inbox.channel] });
  const { enter, logIn } = stage;

  /** Guesses once in every way, each in a session of its own, on both nodes in turn. */
  async function guessAll(person: Person): Promise<readonly string[]> {
    const sums: string[] = [];
    for (const [i, [path, body]] of WRONG.entries())
      sums.push(await sum(await logIn(person, i % 2 === 0 ? 0 : 1).post(`/privacy${path}`, body)));
    return sums;
  }

  const right = ({ secret }: Person) => ({ method: "totp", code: totpCode(secret, stage.pair.clock.now) });

  it("share one count, over sessions, nodes, kinds of factor and paths", async () => {
    const person = await enter();
    expect(new Set(await guessAll(person))).toEqual(new Set(["401 second-factor-wrong"]));
    for (const node of [0, 1] as const) {
      const locked = logIn(person, node);
      expect(await sum(await locked.post("/privacy/step-up", right(locked)))).toBe("429 account-locked");
    }
  });

  it("leave what is right unused while locked, whatever it is", async () => {
    const person = await enter();
    const [code] = await makeRecoveryCodes(person);
    await guessAll(person);
    const locked = logIn(person);
    for (const proof of [right(locked), { method: "recovery", code }])
      expect(await sum(await locked.post("/privacy/step-up", proof))).toBe("429 account-locked");
    for (const path of ["/step-up/passkey", "/step-up/message"])
      expect(await sum(await locked.post(`/privacy${path}`, { channel: "sms" }))).toMatch(/^(429|401) /);
    stage.pair.clock.now += 15 * MINUTE;
    expect(await sum(await locked.post("/privacy/step-up", { method: "recovery", code }))).toBe("200");
    expect(await read(await locked.get("/privacy/factors"))).toMatchObject({ recoveryCodesLeft: 9 });
  });

  it("are counted in a row: what is right starts anew, and no log-in does", async () => {
    const person = await enter();
    for (let i = 0; i < 9; i++) await logIn(person).post("/privacy/step-up", { method: "totp" });
    const later = logIn(person);
    expect(await sum(await later.post("/privacy/step-up", right(later)))).toBe("200");
    for (let i = 0; i < 9; i++) await logIn(person, 1).post("/privacy/step-up", { method: "totp" });
    const last = logIn(person);
    expect(await sum(await last.post("/privacy/step-up", right(last)))).toBe("200");
  });

  it("[V6.1.1] disable everything after a hundred in a row, until somebody unlocks it", async () => {
    const person = await enter();
    for (let round = 1; round <= 10; round++) {
      await guessAll(person);
      stage.pair.clock.now += 24 * 60 * MINUTE;
    }
    const disabled = logIn(person);
    expect(await sum(await disabled.post("/privacy/step-up", right(disabled)))).toBe("429 factor-disabled");
    expect(await read(await disabled.get("/privacy/factors"))).toMatchObject({ isDisabled: true });
    const id = person.headers["x-user"]?.split("/")[1] ?? "";
    await stage.pair.nodes[1].shop.garim.staff.unlock({ kind: "staff", id, sellerId: "S1" });
    expect(await sum(await disabled.post("/privacy/step-up", right(disabled)))).toBe("200");
  });
});
