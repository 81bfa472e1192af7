import { MINUTE, resolvePolicy } from "@garim/policy";
import { describe, expect, it, vi } from "vitest";
import { codeAt, handClock, KEYS, NOON, someStaff } from "../../test/people.ts";
import { memoryState } from "../state/memory.ts";
import type { SecretKey } from "./sealed-secret.ts";
import type { TotpOptions } from "./totp.ts";
import { createTotp } from "./totp-factor.ts";

const policy = resolvePolicy();
const WRONG = { kind: "refuse", reason: "second-factor-wrong" };
const LOCKED = { kind: "refuse", reason: "account-locked" };

function start(more: Partial<TotpOptions> = {}) {
  const clock = handClock();
  const state = memoryState({ clock });
  const onLock = vi.fn();
  const options = { state, keys: KEYS, policy, issuer: "Market", clock, onLock, ...more };
  return { clock, state, onLock, options, totp: createTotp(options), worker: someStaff() };
}

async function startEnrolled(more: Partial<TotpOptions> = {}) {
  const started = start(more);
  const { clock, totp, worker } = started;
  const enrolment = await totp.enrol(worker, "kim");
  if (!("secret" in enrolment)) throw new Error(enrolment.reason);
  const { secret } = enrolment;
  await totp.confirm(worker, codeAt(secret, clock.now));
  clock.now += MINUTE;
  return { ...started, secret, show: () => codeAt(secret, clock.now) };
}

/** A code of two minutes ago: of the right form, and wrong. */
async function guess(
  { totp, worker, secret, clock }: Awaited<ReturnType<typeof startEnrolled>>,
  times: number,
) {
  const answers = [];
  for (let i = 0; i < times; i++)
    answers.push(await totp.verify(worker, codeAt(secret, clock.now - 2 * MINUTE)));
  return answers;
}

describe("createTotp", () => {
  it("does not start without usable keys or issuer", () => {
    expect(() => start({ keys: { all: () => [] } })).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_KEYS_MISSING" }),
    );
    expect(() => start({ issuer: "" })).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_OPTION_INVALID",
        message: expect.stringContaining("issuer:"),
      }),
    );
  });
});

describe("totp.enrol", () => {
  it("gives a secret and its address, and stores neither readable", async () => {
    const { state, totp, worker } = start();
    const write = vi.spyOn(state, "write");
    const enrolment = await totp.enrol(worker, "kim:1");
    if (!("secret" in enrolment)) throw new Error(enrolment.reason);
    expect(enrolment.uri).toContain(`secret=${enrolment.secret}`);
    expect(decodeURIComponent(enrolment.uri)).toContain("Market:kim-1?");
    const stored = JSON.stringify(write.mock.calls);
    expect(stored).not.toContain(enrolment.secret);
    expect(stored).not.toContain(worker.staffId);
  });

  it("is pending until a code proves that the app has the secret", async () => {
    const { clock, totp, worker } = start();
    const enrolment = await totp.enrol(worker, "kim");
    const code = codeAt("secret" in enrolment ? enrolment.secret : "", clock.now);
    expect(await totp.isEnrolled(worker)).toBe(false);
    expect(await totp.verify(worker, code)).toMatchObject({ reason: "second-factor-unenrolled" });
    expect(await totp.confirm(worker, code)).toEqual({ kind: "proved", method: "totp", at: clock.now });
    expect(await totp.isEnrolled(worker)).toBe(true);
  });

  it("makes an earlier pending secret void", async () => {
    const { clock, totp, worker } = start();
    const first = await totp.enrol(worker, "kim");
    await totp.enrol(worker, "kim");
    expect(
      await totp.confirm(worker, codeAt("secret" in first ? first.secret : "", clock.now)),
    ).toMatchObject(WRONG);
  });

  it("[S6] refuses to replace a confirmed secret", async () => {
    const { totp, worker, show } = await startEnrolled();
    expect(await totp.enrol(worker, "kim")).toMatchObject({
      kind: "refuse",
      reason: "second-factor-enrolled",
    });
    expect(await totp.verify(worker, show())).toMatchObject({ kind: "proved" });
  });

  it("[T3] buys no tries: what was guessed before still counts", async () => {
    const { clock, totp, worker } = start();
    await totp.enrol(worker, "kim");
    for (let i = 0; i < 9; i++) await totp.confirm(worker, "");
    const enrolment = await totp.enrol(worker, "kim");
    expect(await totp.confirm(worker, "")).toMatchObject(WRONG);
    expect(
      await totp.confirm(worker, codeAt("secret" in enrolment ? enrolment.secret : "", clock.now)),
    ).toMatchObject(LOCKED);
    expect(await totp.enrol(worker, "kim")).toMatchObject(LOCKED);
  });
});

describe("totp.verify", () => {
  it("proves a right code, at the moment it came", async () => {
    const { clock, totp, worker, show } = await startEnrolled();
    expect(await totp.verify(worker, show())).toEqual({ kind: "proved", method: "totp", at: clock.now });
  });

  it("[T1] refuses a used code as it refuses a wrong one, the enrolment's code included", async () => {
    const enrolled = await startEnrolled();
    const { clock, totp, worker, secret, show } = enrolled;
    clock.now = NOON + 1_000;
    expect(await totp.verify(worker, codeAt(secret, NOON))).toMatchObject(WRONG);
    expect(await totp.confirm(worker, codeAt(secret, NOON))).toMatchObject(WRONG);
    clock.now = NOON + MINUTE;
    expect(await totp.verify(worker, show())).toMatchObject({ kind: "proved" });
    expect(await totp.verify(worker, show())).toEqual((await guess(enrolled, 1))[0]);
  });

  it("[T1] refuses a used code also in the next period, while a late one would still be taken", async () => {
    const { clock, totp, worker, secret, show } = await startEnrolled();
    const used = show();
    expect(await totp.verify(worker, used)).toMatchObject({ kind: "proved" });
    clock.now += 30_000;
    expect(await totp.verify(worker, used)).toMatchObject(WRONG);
    clock.now += 30_000;
    expect(await totp.verify(worker, codeAt(secret, clock.now - 30_000))).toMatchObject({ kind: "proved" });
  });

  it("[T1] refuses a code older than one that was used", async () => {
    const { clock, totp, worker, secret, show } = await startEnrolled();
    expect(await totp.verify(worker, show())).toMatchObject({ kind: "proved" });
    expect(await totp.verify(worker, codeAt(secret, clock.now - 30_000))).toMatchObject(WRONG);
  });

  it("[S7] replays nothing and throws nothing when the clock goes back", async () => {
    const { clock, totp, worker, show } = await startEnrolled();
    const code = show();
    await totp.verify(worker, code);
    clock.now -= MINUTE;
    expect(await totp.verify(worker, code)).toMatchObject(WRONG);
    expect(await totp.verify(worker, show())).toMatchObject(WRONG);
  });

  it("refuses somebody else's code, and a worker without a factor", async () => {
    const { totp, worker, show } = await startEnrolled();
    const other = { ...worker, sellerId: "seller-2" };
    expect(await totp.verify(other, show())).toMatchObject({ reason: "second-factor-unenrolled" });
    expect(await totp.confirm(other, show())).toMatchObject({ reason: "second-factor-unenrolled" });
    expect(await totp.verify(worker, show())).toMatchObject({ kind: "proved" });
  });

  it("[T3] locks the account after 10 wrong codes, and does not use up a right one meanwhile", async () => {
    const enrolled = await startEnrolled();
    const { clock, totp, worker, onLock, show } = enrolled;
    for (const answer of await guess(enrolled, 10)) expect(answer).toMatchObject(WRONG);
    const until = clock.now + 15 * MINUTE;
    expect(onLock.mock.calls).toEqual([[{ kind: "staff", id: worker.staffId, sellerId: "seller-1" }, until]]);
    clock.now = until - 1;
    const code = show();
    expect(await totp.verify(worker, code)).toMatchObject(LOCKED);
    clock.now = until;
    expect(await totp.verify(worker, code)).toMatchObject({ kind: "proved" });
  });

  it("[T3] locks again after as many more", async () => {
    const enrolled = await startEnrolled();
    await guess(enrolled, 10);
    enrolled.clock.now += 15 * MINUTE;
    for (const answer of await guess(enrolled, 10)) expect(answer).toMatchObject(WRONG);
    expect(await guess(enrolled, 1)).toMatchObject([LOCKED]);
    expect(enrolled.onLock).toHaveBeenCalledTimes(2);
  });

  it("[T3] starts counting anew after a right code", async () => {
    const enrolled = await startEnrolled();
    await guess(enrolled, 9);
    await enrolled.totp.verify(enrolled.worker, enrolled.show());
    for (const answer of await guess(enrolled, 10)) expect(answer).toMatchObject(WRONG);
  });

  it.each([undefined, null, 123_456, "", "12345", "abcdef", ["123456"], "1".repeat(1_000_000)])(
    "[T3] counts malformed input %# as a failed try, with the answer of a wrong code",
    async (code) => {
      const { totp, worker, show } = await startEnrolled();
      for (let i = 0; i < 10; i++) expect(await totp.verify(worker, code)).toMatchObject(WRONG);
      expect(await totp.verify(worker, show())).toMatchObject(LOCKED);
    },
  );

  it("[T4] locks nobody else, and not for longer by trying on", async () => {
    const enrolled = await startEnrolled();
    const { clock, totp, worker, show } = enrolled;
    await guess(enrolled, 10);
    const until = clock.now + 15 * MINUTE;
    clock.now = until - 1;
    await guess(enrolled, 20);
    clock.now = until;
    expect(await totp.verify(worker, show())).toMatchObject({ kind: "proved" });
  });

  it("moves a secret to the newest key, so that the old one can be retired", async () => {
    const keys: SecretKey[] = [{ id: "old", key: new Uint8Array(32).fill(1) }];
    const { clock, totp, worker, show } = await startEnrolled({ keys: { all: () => keys } });
    keys.unshift({ id: "new", key: new Uint8Array(32).fill(2) });
    expect(await totp.verify(worker, show())).toMatchObject({ kind: "proved" });
    keys.pop();
    clock.now += MINUTE;
    expect(await totp.verify(worker, show())).toMatchObject({ kind: "proved" });
  });

  it("[T5] proves nothing while the store fails or its value cannot be read", async () => {
    const { state, totp, worker, show } = await startEnrolled();
    const read = vi.spyOn(state, "read");
    read.mockResolvedValueOnce({ value: "{}", version: 1 });
    await expect(totp.verify(worker, show())).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
    read.mockRejectedValueOnce(new Error("down"));
    await expect(totp.verify(worker, show())).rejects.toThrow("down");
    vi.spyOn(state, "write").mockResolvedValue(false);
    await expect(totp.verify(worker, show())).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
  });
});
