import * as jose from "jose/jws/compact/verify";
import { afterEach, describe, expect, it, vi } from "vitest";
import { NOON } from "../../test/people.ts";
import { NOON_SECONDS, someIssuer, trust } from "../../test/tokens.ts";
import type { VerifiedToken } from "./token.ts";
import { createTokenVerifier } from "./verifier.ts";

vi.mock("jose/jws/compact/verify", { spy: true });
const verified = vi.mocked(jose.compactVerify);
afterEach(() => verified.mockClear());

const issuer = someIssuer();

describe("verifier.verify", () => {
  it("verifies a token once, and gives everybody the same frozen one", async () => {
    const verifier = createTokenVerifier(trust(issuer));
    const token = issuer.mint();
    const first = await verifier.verify(token);
    expect(first).toMatchObject({
      kind: "token",
      id: "token-1",
      clientId: "tool-1",
      expiresAt: NOON + 300_000,
    });
    expect(await verifier.verify(token)).toBe(first);
    expect(verified).toHaveBeenCalledTimes(1);
  });

  it("asks on every use whether the token lives, remembered ones included", async () => {
    let revoked: string | undefined;
    const isLive = vi.fn(({ id }: VerifiedToken) => id !== revoked);
    const verifier = createTokenVerifier(trust(issuer, { isLive }));
    const token = issuer.mint();
    for (let i = 0; i < 3; i++) await verifier.verify(token);
    expect(isLive).toHaveBeenCalledTimes(3);
    revoked = "token-1";
    expect(await verifier.verify(token)).toMatchObject({ reason: "token-revoked", fault: "dead" });
    expect(verified).toHaveBeenCalledTimes(1);
  });

  it.each([undefined, 1, "true", {}, Promise.resolve(true)])("takes %s for no", async (answer) => {
    const isLive = (() => answer) as unknown as () => boolean;
    expect(await createTokenVerifier(trust(issuer, { isLive })).verify(issuer.mint())).toMatchObject({
      reason: "token-revoked",
    });
  });

  it("[T5] gives nothing while nobody can tell", async () => {
    const isLive = () => {
      throw new Error("stale");
    };
    const verifier = createTokenVerifier(trust(issuer, { isLive }));
    await expect(verifier.verify(issuer.mint())).rejects.toMatchObject({
      code: "ERR_GARIM_STATE_UNAVAILABLE",
    });
  });

  it("[V9.2.1] ends a remembered token to the millisecond, and holds back one whose time has not come", async () => {
    const options = trust(issuer);
    const verifier = createTokenVerifier(options);
    const token = issuer.mint();
    await verifier.verify(token);
    options.clock.now = NOON + 299_999;
    expect(await verifier.verify(token)).toMatchObject({ kind: "token" });
    options.clock.now = NOON + 300_000;
    expect(await verifier.verify(token)).toMatchObject({ reason: "token-expired" });
    options.clock.now = NOON - 120_001;
    expect(await verifier.verify(token)).toMatchObject({ reason: "token-not-yet-valid" });
  });

  it("does not remember what it refused", async () => {
    const verifier = createTokenVerifier(trust(issuer));
    const token = issuer.mint({ aud: "https://other.example" });
    for (let i = 0; i < 2; i++)
      expect(await verifier.verify(token)).toMatchObject({ reason: "token-other-use", fault: "audience" });
    expect(verified).toHaveBeenCalledTimes(2);
  });

  it("remembers as many as it was told to", async () => {
    const verifier = createTokenVerifier(trust(issuer, { cacheEntries: 2 }));
    const tokens = ["a", "b", "c"].map((jti) => issuer.mint({ jti }));
    for (const token of tokens) await verifier.verify(token);
    verified.mockClear();
    for (const token of tokens.toReversed()) await verifier.verify(token);
    expect(verified).toHaveBeenCalledTimes(1);
  });

  it("shortens the life a token may have", async () => {
    const verifier = createTokenVerifier(trust(issuer, { maxTtlSeconds: 60 }));
    expect(await verifier.verify(issuer.mint({ exp: NOON_SECONDS + 60 }))).toMatchObject({ kind: "token" });
    expect(await verifier.verify(issuer.mint({ exp: NOON_SECONDS + 61 }))).toMatchObject({
      fault: "lifetime",
    });
  });

  it("says the reason in both languages, by a rule, and how to go on", async () => {
    expect(await createTokenVerifier(trust(issuer)).verify("x")).toEqual({
      kind: "refuse",
      reason: "token-invalid",
      source: "code-2022/tool",
      remedy: { ko: "새 접근 토큰을 발급받아 주세요.", en: "Get a new access token." },
      fault: "malformed",
    });
  });
});

describe("verifier.verify with keys read through a port", () => {
  const [old, next] = [someIssuer("2026-11"), someIssuer("2026-12")];

  function start() {
    const published = { keys: [...old.jwks.keys] };
    const port = vi.fn(async () => structuredClone(published));
    const options = { ...trust(issuer), jwks: port };
    return { published, port, clock: options.clock, verifier: createTokenVerifier(options) };
  }

  it("takes a new key as soon as a token names it", async () => {
    const { published, port, clock, verifier } = start();
    await verifier.verify(old.mint());
    published.keys.push(...next.jwks.keys);
    clock.now += 5_000;
    expect(await verifier.verify(next.mint())).toMatchObject({ keyId: "2026-12" });
    expect(await verifier.verify(old.mint())).toMatchObject({ keyId: "2026-11" });
    expect(port).toHaveBeenCalledTimes(2);
  });

  it("lets nobody have it read the keys again and again", async () => {
    const { port, clock, verifier } = start();
    await verifier.verify(old.mint());
    clock.now += 5_000;
    for (let i = 0; i < 50; i++)
      expect(await verifier.verify(someIssuer(`x${i}`).mint())).toMatchObject({ fault: "key" });
    expect(port).toHaveBeenCalledTimes(2);
  });

  it("[J4] ends a withdrawn key within a minute, for tokens verified before, too", async () => {
    const { published, clock, verifier } = start();
    const token = old.mint();
    await verifier.verify(token);
    published.keys = [...next.jwks.keys];
    clock.now += 59_999;
    expect(await verifier.verify(token)).toMatchObject({ kind: "token" });
    clock.now += 1;
    expect(await verifier.verify(token)).toMatchObject({ fault: "key" });
  });

  it("[J4] ends it at once where it is told to forget", async () => {
    const { published, verifier } = start();
    const token = old.mint();
    await verifier.verify(token);
    published.keys = [...next.jwks.keys];
    verifier.forget();
    expect(await verifier.verify(token)).toMatchObject({ reason: "token-invalid", fault: "key" });
  });

  it("[J4] does not remember what was still being verified then", async () => {
    const { published, port, verifier } = start();
    const token = old.mint();
    await verifier.verify(token);
    verifier.forget();
    const underWay = verifier.verify(token);
    published.keys = [...next.jwks.keys];
    verifier.forget();
    await underWay;
    expect(await verifier.verify(token)).toMatchObject({ fault: "key" });
    expect(port).toHaveBeenCalledTimes(3);
  });

  it("[T5] gives nothing while the keys cannot be read, and recovers by itself", async () => {
    const { port, verifier } = start();
    port.mockRejectedValueOnce(new Error("down"));
    await expect(verifier.verify(old.mint())).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
    expect(await verifier.verify(old.mint())).toMatchObject({ kind: "token" });
  });
});

describe("verifier.forget", () => {
  it("has given keys verify again", async () => {
    const verifier = createTokenVerifier(trust(issuer));
    const token = issuer.mint();
    await verifier.verify(token);
    verifier.forget();
    expect(await verifier.verify(token)).toMatchObject({ kind: "token" });
    expect(verified).toHaveBeenCalledTimes(2);
  });
});
