import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signWebhook, verifyWebhook, writeWebhookSecret } from "./webhook.ts";

const NOW = 1_614_265_330_000;
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER = writeWebhookSecret(new Uint8Array(32).fill(7));
const BODY = '{"test": 2432232314}';
const headers = { ...signWebhook("msg_p5jXN8AQM9LWM0D4loKWxJek", BODY, SECRET, NOW) };

describe("signWebhook", () => {
  it("signs as Standard Webhooks' own example", () => {
    expect(headers).toEqual({
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  it.each(["", "whsec_", "whsec_c2hvcnQ=", SECRET.slice(6)])("takes no secret of the form %j", (secret) => {
    const refused = expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID" });
    expect(() => signWebhook("a", BODY, secret, NOW)).toThrow(refused);
    expect(() => verifyWebhook(headers, BODY, [secret], NOW)).toThrow(refused);
  });
});

describe("verifyWebhook", () => {
  it("takes what was signed, with any of the secrets, beside signatures of other forms", () => {
    expect(verifyWebhook(headers, BODY, [OTHER, SECRET], NOW)).toBe(true);
    const several = { ...headers, "webhook-signature": `v1a,abc ${headers["webhook-signature"]}` };
    expect(verifyWebhook(several, BODY, [SECRET], NOW)).toBe(true);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["another body", {}, `${BODY} `],
    ["another id", { "webhook-id": "msg_other" }, BODY],
    ["another moment", { "webhook-timestamp": "1614265331" }, BODY],
    ["an id with a dot, which could be a part of the moment", { "webhook-id": "msg.1" }, BODY],
    ["no signature", { "webhook-signature": "" }, BODY],
    ["a signature of no version", { "webhook-signature": headers["webhook-signature"].slice(3) }, BODY],
    ["a list of signatures", { "webhook-signature": [headers["webhook-signature"]] }, BODY],
    ["no id", { "webhook-id": undefined }, BODY],
    ["a moment that is none", { "webhook-timestamp": "1e9" }, BODY],
  ])("refuses %s", (_, more, body) => {
    expect(verifyWebhook({ ...headers, ...more }, body, [SECRET], NOW)).toBe(false);
  });

  it("refuses what another secret signed, and everything where there is none", () => {
    expect(verifyWebhook(headers, BODY, [OTHER], NOW)).toBe(false);
    expect(verifyWebhook(headers, BODY, [], NOW)).toBe(false);
  });

  it.each([
    [NOW + 300_000, true],
    [NOW + 301_000, false],
    [NOW - 300_000, true],
    [NOW - 301_000, false],
    [Number.NaN, false],
  ])("takes it for five minutes either way: at %d %s", (now, isTaken) => {
    expect(verifyWebhook(headers, BODY, [SECRET], now)).toBe(isTaken);
  });

  it("takes what was signed, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ minLength: 24, maxLength: 64 }), (body, bytes) => {
        const secret = writeWebhookSecret(bytes);
        expect(verifyWebhook({ ...signWebhook("evt-1", body, secret, NOW) }, body, [secret], NOW)).toBe(true);
      }),
    );
  });
});
