import { describe, expect, it } from "vitest";
import { chain, file, keyText, signer, single } from "../../test/key-samples.ts";
import { parseKeyFile, printKeyFile } from "./key-file-text.ts";

const parse = (value: unknown): unknown => parseKeyFile(JSON.stringify(value), "my.keys");

describe("parseKeyFile", () => {
  it("reads back what was printed, members that nobody here knows included", () => {
    const later = {
      ...file({ subjects: [{ ...chain("a", "2026-11", 1), note: "ours" } as never] }),
      tokens: [{ id: "t1" }],
    };
    expect(parseKeyFile(printKeyFile(later), "my.keys")).toEqual(later);
  });

  it("reads a file that an editor began with a byte order mark", () => {
    expect(parseKeyFile(`\ufeff${printKeyFile(file())}`, "my.keys")).toEqual(file());
  });

  it("reads a file of the older form", () => {
    const older = { subjects: [single("ab", 1)], secrets: [single("cd", 2)] };
    expect(parse(older)).toEqual({ ...older, version: 1, signers: [] });
  });

  it.each([
    ["no JSON", "{", "it is no JSON"],
    ["a list", [], "the file is no object"],
    ["a newer version", { ...file(), version: 2 }, "newer version than 1; update"],
    ["a list that is none", { ...file(), secrets: {} }, "secrets is no list"],
    ["no secrets", { ...file(), secrets: [] }, "secrets holds no key"],
    ["no subjects", { ...file(), subjects: [] }, "subjects holds no key"],
    [
      "held keys only",
      { ...file(), subjects: [{ ...single("2026-01.a", 1), held: "2026-01" }] },
      "subjects holds no key",
    ],
    ["an id twice", { ...file(), secrets: [single("a", 1), single("a", 2)] }, "two keys of secrets"],
    ["an entry that is none", { ...file(), secrets: ["s"] }, "secrets[0] is no object"],
    ["no id", { ...file(), secrets: [{ key: keyText(1) }] }, "secrets[0].id"],
    ["a long id", { ...file(), secrets: [single("x".repeat(65), 1)] }, "secrets[0].id"],
    ["a chain's long id", { ...file(), subjects: [chain("x".repeat(57), "2026-11", 1)] }, "subjects[0].id"],
    ["a short key", { ...file(), secrets: [single("a", 1), { id: "b", key: "c2VjcmV0" }] }, "secrets[1].key"],
    ["no month", { ...file(), subjects: [chain("a", "2026-13", 1)] }, "subjects[0].from"],
    [
      "a chain that stands before its beginning",
      { ...file(), subjects: [chain("a", "2026-11", 1, { month: "2026-10" })] },
      "subjects[0].month",
    ],
    ["a wrong date", { ...file(), secrets: [{ ...single("a", 1), made: "gestern" }] }, "secrets[0].made"],
    [
      "an owner that is no text",
      { ...file(), secrets: [{ ...single("a", 1), owner: 7 }] },
      "secrets[0].owner",
    ],
    [
      "a signer's name with +",
      { ...file(), signers: [{ ...signer("a", 1), name: "a+b" }] },
      "signers[0].name",
    ],
    [
      "a signer without seed",
      { ...file(), signers: [{ ...signer("a", 1), seed: undefined }] },
      "signers[0].seed",
    ],
    [
      "a retired signer with its seed",
      { ...file(), signers: [{ ...signer("a", 1), retired: "2026-12-01", verifierKey: "a+b+c" }] },
      "signers[0].seed",
    ],
  ])("refuses %s and says where, showing nothing", (_, value, where) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const act = () => parseKeyFile(text, "my.keys");
    expect(act).toThrow(
      expect.objectContaining({
        code: "ERR_GARIM_KEYS_INVALID",
        message: expect.stringContaining(where),
      }),
    );
    expect(act).toThrow("my.keys");
    expect(act).not.toThrow(expect.objectContaining({ cause: expect.anything() }));
    expect(act).not.toThrow(/c2VjcmV0|[A-Za-z0-9+/]{43}/);
  });

  it("takes keys made by hand: URL-safe, or without padding", () => {
    const byHand = Buffer.alloc(32, 0xfb).toString("base64url");
    expect(parse({ ...file(), secrets: [{ id: "a", key: byHand }] })).toMatchObject({
      secrets: [{ key: byHand }],
    });
  });
});
