import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPTY_ROOT } from "../merkle/hash.ts";
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { isNoteText, parseNote } from "./note.ts";
import { signNote } from "./open.ts";
import { ed25519Signer } from "./signer.ts";
import { parseVerifierKey } from "./verifier-key.ts";

const coded = { code: "ERR_GARIM_PROOF_INVALID" };
/** C2SP tlog-checkpoint and tlog-cosignature: one signature of the log, one of a witness. */
const SOFA = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`;
const ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
const root = Uint8Array.from(Buffer.from(ROOT, "base64"));
const text = `shop.example/log\n7\n${ROOT}\n`;
const CHECKPOINT = { origin: "shop.example/log", size: 7, root, extensions: [] };
const signer = ed25519Signer("shop.example/log", new Uint8Array(32).fill(7));
const verifier = parseVerifierKey(signer.verifierKey);

describe("parseCheckpoint", () => {
  it("[C2SP tlog-checkpoint] reads the example of the specification", () => {
    const note = parseNote(Uint8Array.from(Buffer.from(SOFA)));
    const checkpoint = parseCheckpoint(note.text);
    expect(checkpoint).toEqual({
      origin: "example.com/behind-the-sofa",
      size: 20_852_163,
      root,
      extensions: [],
    });
    expect(formatCheckpoint(checkpoint)).toBe(note.text);
    expect(note.signatures.map(({ name, signature }) => [name, signature.length])).toEqual([
      ["example.com/behind-the-sofa", 64],
      ["witness.example.com/w1", 72],
    ]);
  });

  it.each([
    ["0", 0],
    ["1", 1],
    ["4294967296", 2 ** 32],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
  ])("reads the size %s", (line, size) => {
    expect(parseCheckpoint(`log\n${line}\n${ROOT}\n`).size).toBe(size);
  });

  it.each([
    "",
    "00",
    "07",
    "-1",
    "+7",
    "7.0",
    "7e0",
    "0x7",
    " 7",
    "7 ",
    "７",
    "٧",
    "seven",
    "9007199254740992",
    "99999999999999999999",
    "1".repeat(400),
  ])("refuses the size %j", (line) => {
    expect(() => parseCheckpoint(`log\n${line}\n${ROOT}\n`)).toThrow(expect.objectContaining(coded));
  });

  it.each([
    ["no root", "log\n7\n"],
    ["an empty root", "log\n7\n\n"],
    ["a root of 31 bytes", `log\n7\n${Buffer.alloc(31).toString("base64")}\n`],
    ["a root of 33 bytes", `log\n7\n${Buffer.alloc(33).toString("base64")}\n`],
    ["a root without padding", `log\n7\n${ROOT.slice(0, -1)}\n`],
    ["a root whose spare bits are not zero", `log\n7\n${ROOT.replace("2I=", "2J=")}\n`],
    ["a root in hex", `log\n7\n${Buffer.from(root).toString("hex")}\n`],
    ["a root with a space behind it", `log\n7\n${ROOT} \n`],
    ["an empty origin", `\n7\n${ROOT}\n`],
    ["an empty further line", `log\n7\n${ROOT}\n\n`],
    ["an empty further line between others", `log\n7\n${ROOT}\na\n\nb\n`],
    ["no newline at the end", `log\n7\n${ROOT}`],
    ["no newline behind a further line", `log\n7\n${ROOT}\nabc`],
    ["a carriage return in its origin", `log\r\n7\n${ROOT}\n`],
    ["half a character in its origin", `\ud800\n7\n${ROOT}\n`],
    ["CRLF", `log\r\n7\r\n${ROOT}\r\n`],
    ["nothing", ""],
    ["newlines alone", "\n\n\n"],
  ])("refuses %s", (_, damaged) => {
    expect(() => parseCheckpoint(damaged)).toThrow(expect.objectContaining(coded));
  });

  it("keeps further lines in their order", () => {
    expect(parseCheckpoint(`${text}one\ntwo three\n`).extensions).toEqual(["one", "two three"]);
  });
});

describe("formatCheckpoint", () => {
  it("is read back as it was given", () => {
    const lines = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .filter((line) => !line.includes("\n") && isNoteText(`${line}\n`));
    const checkpoints = fc.record({
      origin: lines,
      size: fc.maxSafeNat(),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Uint8Array.from(bytes)),
      extensions: fc.array(lines, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(checkpoints, (checkpoint) => {
        expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint);
      }),
    );
  });

  it("writes the empty tree", () => {
    const written = formatCheckpoint({ ...CHECKPOINT, size: 0, root: EMPTY_ROOT });
    expect(written).toBe("shop.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  });

  it.each([
    ["an empty origin", { origin: "" }],
    ["an origin that brings its own size and root", { origin: `log\n8\n${ROOT}` }],
    ["an origin with a carriage return", { origin: "log\r" }],
    ["an origin with half a character", { origin: "\ud800" }],
    ["a negative size", { size: -1 }],
    ["half a leaf", { size: 7.5 }],
    ["no number", { size: Number.NaN }],
    ["a size beyond the safe integers", { size: 2 ** 53 }],
    ["a size in exponents", { size: 1e21 }],
    ["a short root", { root: root.subarray(1) }],
    ["an empty further line", { extensions: [""] }],
    ["a further line that is two", { extensions: ["a\nb"] }],
  ])("refuses %s", (_, change) => {
    expect(() => formatCheckpoint({ ...CHECKPOINT, ...change })).toThrow(expect.objectContaining(coded));
  });
});

describe("openCheckpoint", () => {
  it("gives the checkpoint and who signed it", async () => {
    const note = await signNote(formatCheckpoint(CHECKPOINT), [signer]);
    expect(openCheckpoint(note, [verifier], "shop.example/log")).toEqual({
      checkpoint: CHECKPOINT,
      signers: [verifier],
    });
  });

  it.each(["other.example/log", "shop.example/log ", "shop.example/lo", "", "SHOP.example/log"])(
    "refuses a checkpoint of another log than %j, though the same key signed it",
    async (origin) => {
      const note = await signNote(formatCheckpoint(CHECKPOINT), [signer]);
      expect(() => openCheckpoint(note, [verifier], origin)).toThrow(
        expect.objectContaining({ ...coded, message: expect.stringContaining("shop.example/log") }),
      );
    },
  );

  it("refuses a signed note that is no checkpoint, and a checkpoint that nobody signed", async () => {
    const note = await signNote("hello\n", [signer]);
    expect(() => openCheckpoint(note, [verifier], "hello")).toThrow(expect.objectContaining(coded));
    const unsigned = Uint8Array.from(Buffer.from(SOFA));
    expect(() => openCheckpoint(unsigned, [verifier], "example.com/behind-the-sofa")).toThrow(
      expect.objectContaining(coded),
    );
  });
});
