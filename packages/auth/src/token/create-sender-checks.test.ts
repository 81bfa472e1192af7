import { generateKeyPairSync } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from "jose";
import { describe, expect, it, vi } from "vitest";
import { handClock, NOON } from "../../test/people.ts";
import { LINES_URL, proofClaims, sentBy, someProver } from "../../test/proofs.ts";
import { type Members, someIssuer, trust } from "../../test/tokens.ts";
import { memoryState } from "../state/memory.ts";
import { createSenderChecks } from "./create-sender-checks.ts";
import { createProofNonces } from "./nonces.ts";
import * as signatures from "./proof-signature.ts";
import type { SenderChecksOptions } from "./sender.ts";
import { createTokenVerifier } from "./verifier.ts";

vi.mock("./proof-signature.ts", { spy: true });
const read = vi.mocked(signatures.compileVerify);

const issuer = someIssuer();
const prover = someProver();

async function verifiedToken(cnf: unknown, claims: Members = {}) {
  const text = issuer.mint({ cnf, ...claims });
  const token = await createTokenVerifier(trust(issuer)).verify(text);
  if (token.kind === "refuse") throw new Error(token.fault);
  return { text, token };
}

function start(more: Partial<SenderChecksOptions> = {}) {
  const clock = handClock();
  return { clock, checks: createSenderChecks({ state: memoryState({ clock }), clock, ...more }) };
}

const bound = await verifiedToken({ jkt: prover.thumbprint });

describe("senderChecks.check", () => {
  it("lets a token through that comes with a proof of its key", async () => {
    const { checks } = start();
    expect(await checks.check(bound.token, sentBy(bound.text, prover.prove(bound.text)))).toBeUndefined();
  });

  it("gives the reason in both languages, by a rule, and how to go on", async () => {
    const { checks } = start();
    expect(await checks.check(bound.token, sentBy(bound.text, undefined))).toEqual({
      kind: "refuse",
      reason: "proof-missing",
      source: "code-2022/tool",
      remedy: {
        ko: "Authorization: DPoP 와 DPoP 헤더를 함께 보내 주세요.",
        en: "Send Authorization: DPoP together with the header DPoP.",
      },
      fault: "missing",
    });
  });

  it.each(["ES256", "Ed25519", "ES384", "PS256", "RS256"])(
    "takes a proof of %s where it is named, by the thumbprint jose has for its key",
    async (alg) => {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
      const jwk = await exportJWK(publicKey);
      const { text, token } = await verifiedToken({ jkt: await calculateJwkThumbprint(jwk) });
      const proof = await new SignJWT({ ...proofClaims(text) })
        .setProtectedHeader({ alg, typ: "dpop+jwt", jwk })
        .sign(privateKey);
      const named = start({ algorithms: [alg as "ES256"] });
      expect(await named.checks.check(token, sentBy(text, proof))).toBeUndefined();
      const isDefault = ["ES256", "Ed25519"].includes(alg);
      const answer = await start().checks.check(token, sentBy(text, proof));
      expect(answer?.fault).toBe(isDefault ? undefined : "algorithm");
    },
  );

  it("reads a key once, and remembers none whose proof was wrong", async () => {
    const { checks } = start();
    const forged = someProver().prove(bound.text, {}, { jwk: prover.publicJwk });
    expect(await checks.check(bound.token, sentBy(bound.text, forged))).toMatchObject({ fault: "signature" });
    read.mockClear();
    for (let i = 0; i < 3; i++)
      expect(await checks.check(bound.token, sentBy(bound.text, prover.prove(bound.text)))).toBeUndefined();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("verifies nothing for who names another key than the token's", async () => {
    const { checks } = start();
    const other = someProver();
    const unsigned = other.prove(bound.text).replace(/[^.]*$/, "AAAA");
    expect(await checks.check(bound.token, sentBy(bound.text, unsigned))).toMatchObject({
      reason: "proof-other-key",
    });
  });

  it.each([
    [-61_000, "time"],
    [-60_999, undefined],
    [0, undefined],
    [60_000, undefined],
    [60_001, "time"],
  ])("takes a proof whose moment is %i ms from the clock: %s", async (ms, fault) => {
    const { checks, clock } = start();
    clock.now = NOON - ms;
    const answer = await checks.check(bound.token, sentBy(bound.text, prover.prove(bound.text)));
    expect(answer?.fault).toBe(fault);
  });

  it("remembers a proof for as long as a node whose clock is behind may take it", async () => {
    const [one, other] = [handClock(NOON + 60_000), handClock(NOON - 60_000)];
    const store = memoryState({ clock: one });
    const state = { ...store };
    const proof = sentBy(bound.text, prover.prove(bound.text));
    expect(await createSenderChecks({ state, clock: one }).check(bound.token, proof)).toBeUndefined();
    // The node ahead sweeps by its clock: the other may still take the proof by its own.
    one.now = NOON + 179_000;
    other.now = NOON + 60_000;
    expect(await createSenderChecks({ state, clock: other }).check(bound.token, proof)).toMatchObject({
      fault: "replayed",
    });
  });

  it("[T5] gives nothing while nobody can tell whether a proof was used", async () => {
    const state = memoryState({ clock: handClock(), max: 1 });
    await state.write("full", "", null, null);
    const { checks } = start({ state });
    await expect(
      checks.check(bound.token, sentBy(bound.text, prover.prove(bound.text))),
    ).rejects.toMatchObject({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
  });
});

describe("senderChecks.check with nonces", () => {
  const secret = new Uint8Array(32).fill(1);

  it("asks for a nonce, and takes it for as long again as it is given", async () => {
    const { clock } = start();
    const nonces = createProofNonces(secret, clock);
    const { checks } = start({ nonces });
    const check = (nonce?: unknown) =>
      checks.check(bound.token, sentBy(bound.text, prover.prove(bound.text, { nonce })));
    expect(await check()).toMatchObject({ reason: "proof-nonce" });
    const nonce = nonces.current();
    expect(await check(nonce)).toBeUndefined();
    clock.now += 119_999;
    expect(await check(nonce)).toBeUndefined();
    clock.now += 1;
    expect(await check(nonce)).toMatchObject({ fault: "nonce" });
    expect(await check("x")).toMatchObject({ fault: "nonce" });
    expect(await check(null)).toMatchObject({ fault: "claims" });
  });

  it("knows those of a node that has the secret, and of no other", () => {
    const clock = handClock();
    const nonce = createProofNonces(secret, clock).current();
    expect(createProofNonces(secret, handClock(NOON - 60_000)).isRecent(nonce)).toBe(true);
    expect(createProofNonces(secret, handClock(NOON - 120_000)).isRecent(nonce)).toBe(false);
    expect(createProofNonces(new Uint8Array(32), clock).isRecent(nonce)).toBe(false);
    expect(createProofNonces(secret, clock).isRecent(`${nonce}=`)).toBe(false);
  });

  it("does not start with a short secret", () => {
    expect(() => createProofNonces(new Uint8Array(31))).toThrow("32 bytes or more");
  });
});

describe("senderChecks.check of a token bound to a certificate", () => {
  const thumbprint = "A".repeat(43);

  it("wants that certificate on the connection, and the scheme Bearer", async () => {
    const { text, token } = await verifiedToken({ "x5t#S256": thumbprint });
    const { checks } = start();
    const check = (scheme: string, certificate: string | null) =>
      checks.check(token, sentBy(text, undefined, { scheme, certificate }));
    expect(await check("bearer", thumbprint)).toBeUndefined();
    expect(await check("bearer", null)).toMatchObject({ reason: "certificate-other" });
    expect(await check("bearer", "B".repeat(43))).toMatchObject({ fault: "certificate" });
    expect(await check("dpop", thumbprint)).toMatchObject({ fault: "scheme" });
  });

  it("wants both where a token is bound to both", async () => {
    const { text, token } = await verifiedToken({ "x5t#S256": thumbprint, jkt: prover.thumbprint });
    const { checks } = start();
    const check = (certificate: string | null, proof: string | undefined) =>
      checks.check(token, sentBy(text, proof, { certificate }));
    expect(await check(thumbprint, prover.prove(text))).toBeUndefined();
    expect(await check(null, prover.prove(text))).toMatchObject({ fault: "certificate" });
    expect(await check(thumbprint, undefined)).toMatchObject({ fault: "missing" });
  });

  it.each([
    undefined,
    null,
    "x",
    [],
    {},
    { jkt: "short" },
    { jkt: 1 },
    { jkt: `${prover.thumbprint}=` },
    { kid: "k1" },
    { jkt: prover.thumbprint, jwk: {} },
  ])("[J5] takes a token bound by %j for unbound", async (cnf) => {
    const { text, token } = await verifiedToken(cnf);
    const { checks } = start();
    for (const scheme of ["dpop", "bearer"])
      expect(await checks.check(token, sentBy(text, prover.prove(text), { scheme }))).toMatchObject({
        reason: "token-unbound",
      });
  });
});

describe("senderChecks.check of keys that are none", () => {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 1_024 });

  it("[V11.2.3] does not make an RSA key of 1024 bits do", async () => {
    const jwk = publicKey.export({ format: "jwk" });
    const { text, token } = await verifiedToken({ jkt: await calculateJwkThumbprint(jwk) });
    const { checks } = start({ algorithms: ["PS256"] });
    const proof = prover.prove(text, { htu: LINES_URL }, { alg: "PS256", jwk });
    expect((await checks.check(token, sentBy(text, proof)))?.fault).toBe("key");
  });
});
