import { isoCBOR } from "@simplewebauthn/server/helpers";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { fromText, openBrowser, toText } from "../../test/passkeys.ts";
import { checkAssertion, checkRegistration, makeAssertion, makeRegistration } from "./passkey-ceremony.ts";
import type { StoredPasskey } from "./stored-passkey.ts";

const ORIGIN = "https://seller.market.example";
const settings = { rpId: "market.example", rpName: "가림 마켓", origins: [ORIGIN] };
const owner = { userHandle: "5f".repeat(32), userName: "kim@seller-1", exclude: [] };

type Authenticator = Parameters<typeof openBrowser>[1];

async function startRegistered(authenticator?: Authenticator) {
  const browser = openBrowser(ORIGIN, authenticator);
  const { challenge, options } = await makeRegistration(settings, owner);
  const registration = browser.create(options);
  const passkey = await checkRegistration(settings, registration, challenge);
  if (passkey === undefined) throw new Error("not registered");
  return { browser, passkey, registration, challenge, options };
}

async function startUsed(authenticator?: Authenticator) {
  const { browser, passkey } = await startRegistered(authenticator);
  const { challenge, options } = await makeAssertion(settings, [passkey]);
  const use = browser.get(options);
  const check = (response: unknown, known: StoredPasskey = passkey) =>
    checkAssertion(settings, response, challenge, [known]);
  return { browser, passkey, challenge, options, use, check };
}

/** Does what it is told and asks nobody. */
const UNVERIFIED = { options: { uv: false, up: true } };
const ABSENT = { options: { uv: true, up: false } };

afterEach(() => {
  vi.restoreAllMocks();
});

describe("makeRegistration", () => {
  it("asks that the person be verified, and for nothing that tells the authenticator's make", async () => {
    const { options } = await makeRegistration(settings, { ...owner, exclude: ["AAAA"] });
    expect(options).toMatchObject({
      rp: { id: "market.example", name: "가림 마켓" },
      user: { id: toText(Buffer.from(owner.userHandle)), name: "kim@seller-1" },
      attestation: "none",
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      excludeCredentials: [{ id: "AAAA", type: "public-key" }],
    });
  });

  it("offers the same algorithms on every version of Node", async () => {
    const { options } = await makeRegistration(settings, owner);
    const algorithms = [-7, -8, -257].map((alg) => ({ alg, type: "public-key" }));
    expect(options).toMatchObject({ pubKeyCredParams: algorithms });
  });

  it("[V6.7.2] asks with 256 random bits, new each time", async () => {
    const one = await makeRegistration(settings, owner);
    const other = await makeRegistration(settings, owner);
    expect(fromText(one.challenge)).toHaveLength(32);
    expect(one.options).toMatchObject({ challenge: one.challenge });
    expect(other.challenge).not.toBe(one.challenge);
  });
});

describe("checkRegistration", () => {
  it("gives what to store", async () => {
    const { passkey, registration } = await startRegistered({ transports: ["internal", "hybrid"] });
    expect(passkey).toEqual({
      credentialId: registration.id,
      publicKey: expect.stringMatching(/^[\w-]{100,}$/),
      counter: 0,
      transports: ["hybrid", "internal"],
      isBackedUp: true,
    });
    expect(JSON.parse(JSON.stringify(passkey))).toEqual(passkey);
  });

  it.each([
    ["for another challenge", { challenge: toText(Buffer.alloc(32)) }],
    ["for no challenge", { challenge: "" }],
    ["for another domain", { settings: { ...settings, rpId: "other.example" } }],
    ["made on another origin", { settings: { ...settings, origins: ["https://market.example"] } }],
    ["made on another port", { settings: { ...settings, origins: [`${ORIGIN}:8443`] } }],
  ])("[S9] refuses one %s", async (_, other) => {
    const started = await startRegistered();
    const { registration } = started;
    const { challenge, settings: used } = { challenge: started.challenge, settings, ...other };
    expect(await checkRegistration(used, registration, challenge)).toBeUndefined();
  });

  it.each([
    ["by a page elsewhere", { origin: "https://seller.market.example.evil.example" }],
    ["for a domain below ours", { rpId: "seller.market.example" }],
  ])("[S9] refuses one asked for %s", async (_, visit) => {
    const { challenge, options } = await makeRegistration(settings, owner);
    const registration = openBrowser(ORIGIN).create(options, visit);
    expect(await checkRegistration(settings, registration, challenge)).toBeUndefined();
  });

  it.each([
    ["was not verified", UNVERIFIED],
    ["was not there", ABSENT],
  ])("[S9] refuses one where the person %s", async (_, interaction) => {
    const browser = openBrowser(ORIGIN, { userMakeCredentialInteraction: () => interaction });
    const { challenge, options } = await makeRegistration(settings, owner);
    expect(await checkRegistration(settings, browser.create(options), challenge)).toBeUndefined();
  });

  it.each([
    ["a frame of another site", { crossOrigin: true }],
    ["a use instead", { type: "webauthn.get" }],
  ])("[S9] refuses one that says it was made in %s", async (_, change) => {
    const { registration, challenge } = await startRegistered();
    const said = JSON.parse(fromText(registration.response.clientDataJSON).toString());
    const clientDataJSON = toText(Buffer.from(JSON.stringify({ ...said, ...change })));
    const changed = { ...registration, response: { ...registration.response, clientDataJSON } };
    expect(await checkRegistration(settings, changed, challenge)).toBeUndefined();
  });

  it("looks at no attestation and fetches nothing that its certificates name", async () => {
    const fetch = vi.spyOn(globalThis, "fetch");
    const { registration, challenge, passkey } = await startRegistered();
    const attested = withCertificate(registration, Uint8Array.from([1, 2, 3]));
    expect(await checkRegistration(settings, attested, challenge)).toEqual(passkey);
    expect(fetch).not.toHaveBeenCalled();
  });

  it("[P2] refuses one that is longer than browsers make them", async () => {
    const { registration, challenge, passkey } = await startRegistered();
    const long = withCertificate(registration, new Uint8Array(12_000));
    const tooLong = withCertificate(registration, new Uint8Array(12_300));
    expect(await checkRegistration(settings, long, challenge)).toEqual(passkey);
    expect(await checkRegistration(settings, tooLong, challenge)).toBeUndefined();
  });

  it("keeps of the transports those that are known", async () => {
    const { registration, challenge } = await startRegistered();
    const transports = ["usb", "x".repeat(10_000), 7, null, "usb", "nfc"];
    const response = { ...registration.response, transports };
    expect(await checkRegistration(settings, { ...registration, response }, challenge)).toMatchObject({
      transports: ["nfc", "usb"],
    });
  });

  it("[P1 P2] never throws, whatever comes", async () => {
    const { registration, challenge } = await startRegistered();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.anything(), someMutant(registration, ATTESTED)), async (response) => {
        const checked = await checkRegistration(settings, response, challenge);
        // A registration is not signed, so that a changed one may be as good as the first.
        if (checked !== undefined) expect(checked.credentialId).toMatch(/^[\w-]*$/);
      }),
    );
  });

  it.each([
    ["arrays within arrays", Buffer.alloc(12_000, 0x81)],
    ["a text longer than there are bytes", Buffer.from("7bffffffffffffffff", "hex")],
    ["a map of endless length", Buffer.from("bbffffffffffffffff", "hex")],
    ["nothing", Buffer.alloc(0)],
    ["authenticator data that is a number", Buffer.from("a1686175746844617461183f", "hex")],
    ["many bytes", Buffer.alloc(2_000_000)],
  ])("[P2] refuses an attestation object of %s", async (_, bytes) => {
    const { registration, challenge } = await startRegistered();
    const response = { ...registration.response, attestationObject: toText(bytes) };
    expect(await checkRegistration(settings, { ...registration, response }, challenge)).toBeUndefined();
  });
});

describe("makeAssertion", () => {
  it("[V6.7.2] asks for one of the account's passkeys and that the person be verified", async () => {
    const { passkey } = await startRegistered();
    const { challenge, options } = await makeAssertion(settings, [passkey]);
    expect(options).toMatchObject({
      challenge,
      rpId: "market.example",
      allowCredentials: [{ id: passkey.credentialId, transports: passkey.transports, type: "public-key" }],
      userVerification: "required",
    });
    expect(fromText(challenge)).toHaveLength(32);
    expect((await makeAssertion(settings, [passkey])).challenge).not.toBe(challenge);
  });
});

describe("checkAssertion", () => {
  it.each(["ES256", "EdDSA", "RS256"] as const)(
    "[V6.3.3] proves the use of a passkey with %s",
    async (name) => {
      const { passkey, use, check } = await startUsed({ algorithmIdentifiers: [name] });
      expect(await check(use)).toEqual({ credentialId: passkey.credentialId, counter: 1 });
    },
  );

  it("finds the passkey among several", async () => {
    const { passkey: other } = await startRegistered();
    const { passkey, challenge, use } = await startUsed();
    expect(await checkAssertion(settings, use, challenge, [other, passkey])).toMatchObject({
      credentialId: passkey.credentialId,
    });
  });

  it.each([
    ["another challenge", { challenge: toText(Buffer.alloc(32)) }],
    ["no challenge", { challenge: "" }],
    ["another domain", { settings: { ...settings, rpId: "other.example" } }],
    ["another origin", { settings: { ...settings, origins: ["https://market.example"] } }],
    ["another port", { settings: { ...settings, origins: [`${ORIGIN}:8443`] } }],
    ["an account without passkeys", { credentials: [] }],
  ])("[S9] refuses one for %s", async (_, other) => {
    const started = await startUsed();
    const all = { settings, challenge: started.challenge, credentials: [started.passkey], ...other };
    expect(await checkAssertion(all.settings, started.use, all.challenge, all.credentials)).toBeUndefined();
  });

  it("[S9] refuses one by a page elsewhere that passed our question on", async () => {
    const { browser, options, check } = await startUsed();
    expect(await check(browser.get(options, { origin: "https://evil.example" }))).toBeUndefined();
  });

  it("[S9] refuses one of another domain, with a key that is known", async () => {
    const below = { ...settings, rpId: "seller.market.example" };
    const browser = openBrowser(ORIGIN);
    const asked = await makeRegistration(below, owner);
    const passkey = await checkRegistration(below, browser.create(asked.options), asked.challenge);
    if (passkey === undefined) throw new Error("not registered");
    const { challenge, options } = await makeAssertion(below, [passkey]);
    const use = browser.get(options);
    expect(await checkAssertion(settings, use, challenge, [passkey])).toBeUndefined();
    expect(await checkAssertion(below, use, challenge, [passkey])).toMatchObject({ counter: 1 });
  });

  it("[S9] refuses one of another person's passkey, under its own id and under ours", async () => {
    const { passkey: ours, challenge } = await startUsed();
    const { browser, passkey: theirs } = await startRegistered();
    const { options } = await makeAssertion(settings, [theirs]);
    const use = browser.get({ ...options, challenge });
    const renamed = { ...use, id: ours.credentialId, rawId: ours.credentialId };
    expect(await checkAssertion(settings, use, challenge, [theirs])).toMatchObject({ counter: 1 });
    expect(await checkAssertion(settings, use, challenge, [ours])).toBeUndefined();
    expect(await checkAssertion(settings, renamed, challenge, [ours])).toBeUndefined();
  });

  it.each([
    ["without the person verified", { flags: 0b01 }],
    ["without the person there", { flags: 0b100 }],
    ["in a frame of another site", { clientData: { crossOrigin: true } }],
    ["in a frame of a named site", { clientData: { crossOrigin: true, topOrigin: "https://evil.example" } }],
    ["that was made as a registration", { clientData: { type: "webauthn.create" } }],
    ["with two origins", { clientData: { origin: [ORIGIN] } }],
  ])("[S9] refuses one %s, though it is signed", async (_, change) => {
    const { browser, use, check } = await startUsed();
    expect(await check(browser.sign(use, change))).toBeUndefined();
    expect(await check(browser.sign(use, {}))).toMatchObject({ counter: 1 });
  });

  it.each([
    [5, 6, 6],
    [5, 5, undefined],
    [5, 4, undefined],
    [5, 0, undefined],
    [0, 0, 0],
    [0, 1, 1],
    [4_294_967_294, 4_294_967_295, 4_294_967_295],
  ])("[S9] after a counter of %d, takes %d as %s", async (before, now, answer) => {
    const { browser, passkey, use, check } = await startUsed();
    const counted = browser.sign(use, { counter: now });
    expect((await check(counted, { ...passkey, counter: before }))?.counter).toBe(answer);
  });

  it("[S9] refuses the replay of an authenticator that never counts: its challenge is another by then", async () => {
    const { passkey, challenge, use } = await startUsed({ signCounterIncrement: 0 });
    expect(await checkAssertion(settings, use, challenge, [passkey])).toMatchObject({ counter: 0 });
    const next = await makeAssertion(settings, [passkey]);
    expect(await checkAssertion(settings, use, next.challenge, [passkey])).toBeUndefined();
  });

  it("[S9] refuses a registration, and a use as registration", async () => {
    const { passkey, registration, challenge: first } = await startRegistered();
    expect(await checkAssertion(settings, registration, first, [passkey])).toBeUndefined();
    const { use, challenge } = await startUsed();
    expect(await checkRegistration(settings, use, challenge)).toBeUndefined();
  });

  it.each([
    ["", "no key"],
    ["AAAA", "no COSE"],
    ["pQECAyYgASFYIA", "half a key"],
  ])("proves nothing by a stored key %j (%s)", async (publicKey) => {
    const { passkey, use, check } = await startUsed();
    expect(await check(use, { ...passkey, publicKey })).toBeUndefined();
  });

  it("[P1 P2] refuses, and never throws, whatever comes", async () => {
    const { use, check } = await startUsed();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.anything(), someMutant(use, SIGNED)), async (response) => {
        expect(await check(response)).toBeUndefined();
      }),
    );
  });

  it("[S9] refuses a signature that is cut off or made up", async () => {
    const { use, check } = await startUsed();
    const { signature } = use.response;
    const cut = fc.nat(signature.length - 1).map((end) => signature.slice(0, end));
    const madeUp = fc.uint8Array({ maxLength: 80 }).map(toText);
    await fc.assert(
      fc.asyncProperty(fc.oneof(cut, madeUp, fc.anything()), async (other) => {
        const forged = { ...use, response: { ...use.response, signature: other } };
        expect(await check(forged)).toBeUndefined();
      }),
    );
  });

  it("[P1] refuses a response of JSON that is cut off, nested in itself or throws when it is read", async () => {
    const { use, check } = await startUsed();
    const text = JSON.stringify(use);
    const throwing = new Proxy({}, { get: () => fail() });
    const polluting = JSON.parse(`{"__proto__":${text}}`);
    for (const response of [text, text.slice(0, -1), [use], { response: use }, throwing, polluting])
      expect(await check(response)).toBeUndefined();
    expect(await check(JSON.parse(text))).toMatchObject({ counter: 1 });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

const SIGNED = ["clientDataJSON", "authenticatorData"];
const ATTESTED = ["clientDataJSON", "attestationObject"];

interface Credential {
  readonly id: string;
  readonly response: object;
}

/** The credential with one thing changed that it cannot do without. */
function someMutant(credential: Credential, fields: readonly string[]): fc.Arbitrary<object> {
  const inner = fc.constantFrom(...fields).chain((field) =>
    someOther((credential.response as Record<string, string>)[field] ?? "").map((value) => ({
      ...credential,
      response: { ...credential.response, [field]: value },
    })),
  );
  const outer = fc
    .constantFrom("id", "rawId", "type", "response")
    .chain((field) => fc.anything().map((value) => ({ ...credential, [field]: value })));
  const renamed = someOther(credential.id).map((id) => ({ ...credential, id, rawId: id }));
  return fc.oneof({ weight: 4, arbitrary: inner }, outer, renamed);
}

/** Another value: cut off, prolonged, one letter changed, or anything. */
function someOther(text: string): fc.Arbitrary<unknown> {
  const at = fc.nat(text.length - 1);
  const letter = fc.constantFrom(..."AZaz09-_=+/ ");
  return fc
    .oneof(
      at.map((end) => text.slice(0, end)),
      letter.map((one) => text + one),
      fc.tuple(at, letter).map(([i, one]) => text.slice(0, i) + one + text.slice(i + 1)),
      fc.anything(),
    )
    .filter((value) => value !== text);
}

/** The registration as an authenticator gives it that attests its make without being asked. */
function withCertificate<T extends { readonly response: { readonly attestationObject: string } }>(
  registration: T,
  certificate: Uint8Array,
): T {
  const { response } = registration;
  const bytes = Uint8Array.from(fromText(response.attestationObject));
  const authData = isoCBOR.decodeFirst<Map<string, Uint8Array>>(bytes).get("authData") ?? new Uint8Array();
  const attested = isoCBOR.encode(
    new Map<string, string | Uint8Array | Map<string, Uint8Array[]>>([
      ["fmt", "apple"],
      ["attStmt", new Map([["x5c", [certificate]]])],
      ["authData", authData],
    ]),
  );
  return { ...registration, response: { ...response, attestationObject: toText(attested) } };
}

function fail(): never {
  throw new Error("read");
}
