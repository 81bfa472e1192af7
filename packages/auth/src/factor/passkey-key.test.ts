import { describe, expect, it } from "vitest";
import { toCredential, toStoredPasskey } from "./passkey-key.ts";

const credential = {
  id: "AAAA",
  publicKey: Uint8Array.from([1, 2, 255]),
  counter: 7,
  transports: ["usb"],
};

describe("toStoredPasskey", () => {
  it("is read back as it was", () => {
    const stored = toStoredPasskey(credential, true);
    expect(stored).toEqual({
      credentialId: "AAAA",
      publicKey: "AQL_",
      counter: 7,
      transports: ["usb"],
      isBackedUp: true,
    });
    expect(stored && toCredential(stored)).toEqual({
      id: "AAAA",
      publicKey: credential.publicKey,
      counter: 7,
    });
  });

  it.each([
    ["an id of 1,023 bytes", { id: "A".repeat(1_364) }, true],
    ["a longer id", { id: "A".repeat(1_365) }, false],
    ["a key of 1,024 bytes", { publicKey: new Uint8Array(1_024) }, true],
    ["a longer key", { publicKey: new Uint8Array(1_025) }, false],
  ])("[P2] has room for passkeys only: %s", (_, more, isStored) => {
    expect(toStoredPasskey({ ...credential, ...more }, false) !== undefined).toBe(isStored);
  });
});
