import { describe, expect, it } from "vitest";
import { chain, file, inMonth, signer, single } from "../../test/key-samples.ts";
import { parseVerifierKey } from "../note/verifier-key.ts";
import { rotateKeys } from "./rotate.ts";
import { openSigner } from "./signer.ts";
import { keysOf } from "./subject-keys.ts";

const NOW = inMonth("2026-12") - 1;

describe("rotateKeys", () => {
  it("begins a new chain next month, and keeps the old one for searching", () => {
    const { subjects } = rotateKeys(file(), "subjects", { now: NOW, owner: "보안팀" });
    expect(subjects).toEqual([
      expect.objectContaining({ from: "2026-12", month: "2026-12", owner: "보안팀" }),
      ...file().subjects,
    ]);
    expect(keysOf(subjects, "2026-11")[0]?.id).toBe("2026-11.aaaa");
    expect(keysOf(subjects, "2026-12")[0]?.id).toBe(`2026-12.${subjects[0]?.id}`);
  });

  it("gives the new chain a key of its own", () => {
    const [a, b] = rotateKeys(file(), "subjects", { now: NOW }).subjects;
    expect(a?.key).not.toBe(b?.key);
    expect(a?.id).not.toBe(b?.id);
  });

  it("begins one at once after a leak, and drops the one that waits", () => {
    const waiting = rotateKeys(file(), "subjects", { now: NOW });
    expect(() => rotateKeys(waiting, "subjects", { now: NOW })).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID", message: expect.stringContaining("--now") }),
    );
    const { subjects } = rotateKeys(waiting, "subjects", { now: NOW, isAtOnce: true });
    expect(subjects).toEqual([expect.objectContaining({ from: "2026-11" }), ...file().subjects]);
    expect(keysOf(subjects, "2026-11")[0]?.id).toBe(`2026-11.${subjects[0]?.id}`);
    expect(keysOf(subjects, "2026-11").map(({ id }) => id)).toContain("2026-11.aaaa");
  });

  it("begins a chain beside single keys of the older form", () => {
    const older = file({ subjects: [single("old", 1)] });
    const { subjects } = rotateKeys(older, "subjects", { now: NOW });
    expect(subjects.map(({ id }) => id)).toEqual([expect.stringMatching(/^[0-9a-f]{8}$/), "old"]);
  });

  it("puts a secret and a signer before the others, owner and name as before unless given", () => {
    const given = file({
      secrets: [{ ...single("s1", 1), owner: "김하늘" }],
      signers: [signer("n1", 1)],
    });
    const { secrets } = rotateKeys(given, "secrets", { now: NOW });
    expect(secrets).toEqual([
      expect.objectContaining({ owner: "김하늘", made: new Date(NOW).toISOString() }),
      ...given.secrets,
    ]);
    const { signers } = rotateKeys(given, "signers", { now: NOW });
    expect(signers.map(({ name }) => name)).toEqual(["market.example/log", "market.example/log"]);
    const [named] = rotateKeys(given, "signers", { now: NOW, name: "other.example/log" }).signers;
    expect(named?.name).toBe("other.example/log");
  });

  it("gives the first signer of an older file a name of its own", () => {
    const [first] = rotateKeys(file({ signers: [] }), "signers", { now: NOW }).signers;
    expect(first?.name).toMatch(/^garim\/[0-9a-f]{8}$/);
    expect(first?.id).toBe(
      parseVerifierKey(openSigner(first?.name ?? "", first?.seed ?? "").verifierKey).keyId,
    );
  });

  it("leaves all else of the file as it is", () => {
    const later = { ...file(), tokens: [{ id: "t" }] };
    expect(rotateKeys(later, "secrets", { now: NOW })).toMatchObject({
      tokens: [{ id: "t" }],
      signers: later.signers,
    });
    expect(
      rotateKeys(file({ subjects: [chain("a", "2026-11", 1)] }), "signers", { now: NOW }).subjects,
    ).toHaveLength(1);
  });
});
