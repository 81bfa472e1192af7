import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNote, isNoteText, type NoteSignature, parseNote } from "./note.ts";

const coded = { code: "ERR_GARIM_PROOF_INVALID" };
const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

/** The tests of Go's sumdb/note. */
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const LINE =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const NOTE = `${TEXT}\n${LINE}`;
/** C2SP signed-note: its text has an empty line of its own. */
const POEM =
  "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n" +
  "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
const SIGNATURE: NoteSignature = { name: "log", keyId: "01020304", signature: new Uint8Array(64) };

describe("parseNote", () => {
  it.each([
    ["Go's example", NOTE, TEXT, "PeterNeumann", "c74f20a3"],
    [
      "the example of the specification",
      POEM,
      POEM.slice(0, POEM.indexOf("\n— ")),
      "quasimodo.example/salvatore",
      "367ba04b",
    ],
  ])("reads %s, and formatNote writes it as it was", (_, note, text, name, keyId) => {
    const parsed = parseNote(utf8(note));
    expect(parsed.text).toBe(text);
    expect(parsed.signatures).toMatchObject([{ name, keyId }]);
    expect(parsed.signatures[0]?.signature).toHaveLength(64);
    expect(Buffer.from(formatNote(parsed)).toString()).toBe(note);
  });

  it.each([
    ["without signatures", TEXT],
    ["that ends in the blank line", `${TEXT}\n`],
    ["that ends in two newlines", `${NOTE}\n`],
    ["without the last newline", NOTE.slice(0, -1)],
    ["without a blank line", TEXT + LINE],
    ["that holds a control character", `\x01${NOTE}`],
    ["that holds NUL", NOTE.replace("you", "\0")],
    ["that holds a tab", NOTE.replace(" you", "\tyou")],
    ["with CRLF throughout", NOTE.replaceAll("\n", "\r\n")],
    ["with one CRLF in its text", NOTE.replace("problem,\n", "problem,\r\n")],
    ["with CRLF behind its signature", `${NOTE.slice(0, -1)}\r\n`],
    ["with a space in a name", NOTE.replace("PeterNeumann", "Bad Name")],
    ["with a no-break space in a name", NOTE.replace("PeterNeumann", "Bad\u00a0Name")],
    ["with a plus sign in a name", NOTE.replace("PeterNeumann", "a+b")],
    ["without a name", NOTE.replace("PeterNeumann ", "")],
    ["with an empty name", NOTE.replace("PeterNeumann", "")],
    ["with a line behind its signatures", `${NOTE}Unexpected line.\n`],
    ["with a hyphen for the em dash", NOTE.replace("—", "-")],
    ["with an en dash for the em dash", NOTE.replace("—", "–")],
    ["with two spaces", NOTE.replace("— ", "—  ")],
    ["with a space at the end of a line", NOTE.replace("=\n", "= \n")],
    ["with base64 without padding", NOTE.replace("=\n", "\n")],
    ["with base64 whose spare bits are not zero", NOTE.replace("nAM=", "nAN=")],
    ["with base64 for URLs", NOTE.replace("x08go/", "x08go_")],
    ["with a signature of nothing", `${TEXT}\n— a AQIDBA==\n`],
    ["with a signature shorter than its id", `${TEXT}\n— a AQID\n`],
    ["of a byte order mark alone", "\uFEFF"],
    ["of nothing", ""],
    ["of one newline", "\n"],
    ["with 33 signatures", `${TEXT}\n${LINE.repeat(33)}`],
    ["larger than 262,144 bytes", `${"a".repeat(262_144 - NOTE.length)}${NOTE}`],
  ])("refuses a note %s", (_, note) => {
    expect(() => parseNote(utf8(note))).toThrow(expect.objectContaining(coded));
  });

  it.each([
    ["a byte that begins no character", [0xff]],
    ["half a character", [0xe2, 0x80]],
    ["an overlong newline", [0xc0, 0x8a]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
  ])("refuses a note with %s", (_, bytes) => {
    const damaged = Buffer.concat([Buffer.from(bytes), utf8(NOTE)]);
    expect(() => parseNote(damaged)).toThrow(expect.objectContaining(coded));
  });

  it("takes 32 signatures, and as many bytes as are allowed", () => {
    expect(parseNote(utf8(`${TEXT}\n${LINE.repeat(32)}`)).signatures).toHaveLength(32);
    const large = "a".repeat(262_144 - Buffer.byteLength(NOTE)) + NOTE;
    expect(parseNote(utf8(large)).text).toHaveLength(large.length - LINE.length - 1);
  });

  it("takes signatures of other types and lengths, for others to check", () => {
    const blob = Buffer.concat([Buffer.from("01020304", "hex"), Buffer.alloc(2_428)]).toString("base64");
    const { signatures } = parseNote(utf8(`${TEXT}\n— witness ${blob}\n${LINE}`));
    expect(signatures.map(({ signature }) => signature.length)).toEqual([2_428, 64]);
  });

  it("keeps a byte order mark, for it is part of what was signed", () => {
    expect(parseNote(utf8(`\uFEFF${NOTE}`)).text).toBe(`\uFEFF${TEXT}`);
  });

  it("says nothing of what the note says", () => {
    expect(() => parseNote(utf8(`secret\n\n— a b c\n`))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("secret") }),
    );
  });

  it("reads no bytes but those that formatNote would write", () => {
    const parts = fc.constantFrom("\n", "\n\n", "— ", "a", " ", "AQIDBAU=", "가", "=", "+", "— a AQIDBAU=\n");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 14 }), (pieces) => {
        const bytes = utf8(pieces.join(""));
        try {
          parseNote(bytes);
        } catch (error) {
          expect(error).toMatchObject(coded);
          return;
        }
        expect(formatNote(parseNote(bytes))).toEqual(bytes);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe("formatNote", () => {
  it("is read back as it was given", () => {
    const texts = fc.array(fc.string({ unit: "grapheme" })).map((lines) => `${lines.join("\n")}\n`);
    const signature = fc.record({
      name: fc.stringMatching(/^[a-z가-힣./-]{1,20}$/),
      keyId: fc.stringMatching(/^[0-9a-f]{8}$/),
      signature: fc.uint8Array({ minLength: 1, maxLength: 100 }).map((bytes) => Uint8Array.from(bytes)),
    });
    fc.assert(
      fc.property(
        texts.filter(isNoteText),
        fc.array(signature, { minLength: 1, maxLength: 5 }),
        (text, signatures) => {
          expect(parseNote(formatNote({ text, signatures }))).toEqual({ text, signatures });
        },
      ),
    );
  });

  it.each([
    ["no signature", { text: TEXT, signatures: [] }],
    ["a text without newline", { text: "abc", signatures: [SIGNATURE] }],
    ["an empty text", { text: "", signatures: [SIGNATURE] }],
    ["half a character", { text: "\ud800\n", signatures: [SIGNATURE] }],
    ["a carriage return", { text: "a\r\n", signatures: [SIGNATURE] }],
    ["a name with a space", { text: TEXT, signatures: [{ ...SIGNATURE, name: "a b" }] }],
    [
      "a name that writes a second line",
      { text: TEXT, signatures: [{ ...SIGNATURE, name: "a AQIDBAU=\n— b" }] },
    ],
    ["an id that is not hex", { text: TEXT, signatures: [{ ...SIGNATURE, keyId: "zzzzzzzz" }] }],
    ["a short id", { text: TEXT, signatures: [{ ...SIGNATURE, keyId: "0102" }] }],
    ["an empty signature", { text: TEXT, signatures: [{ ...SIGNATURE, signature: new Uint8Array() }] }],
    ["33 signatures", { text: TEXT, signatures: Array.from({ length: 33 }, () => SIGNATURE) }],
    ["262,144 bytes of text", { text: `${"a".repeat(262_143)}\n`, signatures: [SIGNATURE] }],
  ])("refuses %s", (_, note) => {
    expect(() => formatNote(note)).toThrow(expect.objectContaining(coded));
  });
});
