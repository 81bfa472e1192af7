import { describe, expect, it } from "vitest";
import { file, signer, single } from "../../test/key-samples.ts";
import { ed25519Signer } from "../note/signer.ts";
import { retireSecret, retireSigner } from "./retire.ts";

const NOW = Date.parse("2026-12-24T10:00:00Z");
const INVALID = expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID" });

describe("retireSigner", () => {
  const two = file({ signers: [signer("new", 4), { ...signer("old", 3), owner: "김하늘" }] });

  it("forgets the seed, and keeps the public key of what it signed", () => {
    const { signers } = retireSigner(two, "old", NOW);
    expect(signers[0]).toEqual(two.signers[0]);
    expect(signers[1]).toEqual({
      id: "old",
      made: expect.any(String),
      name: "market.example/log",
      owner: "김하늘",
      verifierKey: ed25519Signer("market.example/log", new Uint8Array(32).fill(3)).verifierKey,
      retired: "2026-12-24T10:00:00.000Z",
    });
  });

  it("refuses the last one, one that is retired, and one that is not there", () => {
    expect(() => retireSigner(file(), "n1", NOW)).toThrow(INVALID);
    const one = retireSigner(two, "old", NOW);
    expect(() => retireSigner(one, "old", NOW)).toThrow("retired already");
    expect(() => retireSigner(one, "new", NOW)).toThrow("rotate --kind signers");
    expect(() => retireSigner(two, "none", NOW)).toThrow('"none"');
  });
});

describe("retireSecret", () => {
  const two = file({ secrets: [single("new", 4), single("old", 3)] });

  it("forgets an older secret", () => {
    expect(retireSecret(two, "old").secrets).toEqual([single("new", 4)]);
  });

  it("refuses the one that encrypts, and one that is not there", () => {
    expect(() => retireSecret(two, "new")).toThrow(INVALID);
    expect(() => retireSecret(two, "new")).toThrow("rotate --kind secrets");
    expect(() => retireSecret(two, "none")).toThrow(INVALID);
  });
});
