import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNote, parseNote } from "./note.ts";
import { type OpenedNote, openNote, signNote } from "./open.ts";
import { ed25519Signer, type NoteSigner, parsePrivateKey } from "./signer.ts";
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from "./verifier-key.ts";

const coded = { code: "ERR_GARIM_PROOF_INVALID" };
const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const string = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** The tests of Go's sumdb/note. */
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_LINE =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_LINE =
  "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const PETER = parseVerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
const ENOCH = parseVerifierKey("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop");
const peterKey = parsePrivateKey(
  "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
);
const peter = ed25519Signer(peterKey.name, peterKey.seed);
const enoch = ed25519Signer("EnochRoot", new Uint8Array(32));
const BOTH = `${TEXT}\n${PETER_LINE}${ENOCH_LINE}`;
/** The signature is another, the id the same. */
const WRONG_PETER_LINE = PETER_LINE.replace("nAM=", "nBM=");
const WRONG_ENOCH_LINE = ENOCH_LINE.replace("+QQ=", "+RQ=");

const names = ({ signers }: OpenedNote): readonly string[] => signers.map(({ name }) => name);

function openOrRefuse(bytes: Uint8Array, verifiers: readonly VerifierKey[]): OpenedNote | undefined {
  try {
    return openNote(bytes, verifiers);
  } catch (error) {
    expect(error).toMatchObject(coded);
    return undefined;
  }
}

describe("openNote", () => {
  it("[C2SP signed-note] opens the example of the specification", () => {
    const key = parseVerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    const note =
      "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    expect(openNote(utf8(note), [key])).toEqual({ text: "This is an example message.\n", signers: [key] });
  });

  it.each([
    ["the first of two", [PETER], ["PeterNeumann"]],
    ["the second of two", [ENOCH], ["EnochRoot"]],
    ["both, in the order of their signatures", [ENOCH, PETER], ["PeterNeumann", "EnochRoot"]],
    ["a key given twice", [PETER, PETER], ["PeterNeumann"]],
  ])("says who signed: %s", (_, verifiers, expected) => {
    const opened = openNote(utf8(BOTH), verifiers);
    expect(opened.text).toBe(TEXT);
    expect(names(opened)).toEqual(expected);
  });

  it("names a signer once, however often he signed", () => {
    const note = `${TEXT}\n${PETER_LINE}${PETER_LINE}${ENOCH_LINE}${PETER_LINE}`;
    expect(names(openNote(utf8(note), [PETER, ENOCH]))).toEqual(["PeterNeumann", "EnochRoot"]);
  });

  it("ignores the signatures of others, wrong ones too", () => {
    const note = `${TEXT}\n${WRONG_ENOCH_LINE}${PETER_LINE}${WRONG_ENOCH_LINE}`;
    expect(names(openNote(utf8(note), [PETER]))).toEqual(["PeterNeumann"]);
  });

  it.each([
    ["the only one", WRONG_PETER_LINE],
    ["before a right one of the same key", WRONG_PETER_LINE + PETER_LINE],
    ["behind a right one of the same key", PETER_LINE + WRONG_PETER_LINE],
    ["before a right one of another", WRONG_PETER_LINE + ENOCH_LINE],
    ["behind a right one of another", ENOCH_LINE + WRONG_PETER_LINE],
    ["of another length", PETER_LINE.replace("x08go/ZJ", "x08go/ZJABCD") + ENOCH_LINE],
    ["of one byte", `— PeterNeumann ${Buffer.from("c74f20a300", "hex").toString("base64")}\n${ENOCH_LINE}`],
  ])("refuses the whole note for a wrong signature of a trusted key: %s", (_, lines) => {
    expect(() => openNote(utf8(`${TEXT}\n${lines}`), [PETER, ENOCH])).toThrow(
      expect.objectContaining({ ...coded, message: expect.stringContaining("PeterNeumann+c74f20a3") }),
    );
  });

  it.each([
    ["no key is given", []],
    ["only another key is given", [ENOCH]],
  ])("refuses a note where %s", (_, verifiers) => {
    expect(() => openNote(utf8(`${TEXT}\n${PETER_LINE}`), verifiers)).toThrow(
      expect.objectContaining({ ...coded, message: expect.stringMatching(/none given|EnochRoot\+af0cfe78/) }),
    );
  });

  it("does not know a key that shares the name alone, or the id alone", () => {
    const note = utf8(`${TEXT}\n${PETER_LINE}`);
    const sameName = parseVerifierKey(ed25519Signer("PeterNeumann", new Uint8Array(32)).verifierKey);
    const sameId = { ...ENOCH, keyId: PETER.keyId };
    for (const verifier of [sameName, sameId])
      expect(() => openNote(note, [verifier])).toThrow(
        expect.objectContaining({ ...coded, message: expect.stringContaining("None of the trusted keys") }),
      );
  });

  it("refuses two different keys with one name and id, for it cannot tell whose a signature is", () => {
    const twin = { ...PETER, publicKey: ENOCH.publicKey };
    expect(() => openNote(utf8(BOTH), [PETER, twin])).toThrow(
      expect.objectContaining({ code: "ERR_GARIM_KEYS_INVALID" }),
    );
  });

  it("opens with the old key, the new one, or both while a key is rotated under its name", async () => {
    const [old, fresh] = [1, 2].map((seed) => ed25519Signer("log", new Uint8Array(32).fill(seed)));
    if (old === undefined || fresh === undefined) return expect.unreachable();
    const [oldKey, freshKey] = [old, fresh].map((one) => parseVerifierKey(one.verifierKey));
    if (oldKey === undefined || freshKey === undefined) return expect.unreachable();
    const note = await signNote("checkpoint\n", [old, fresh]);
    expect(openNote(note, [oldKey]).signers).toEqual([oldKey]);
    expect(openNote(note, [freshKey]).signers).toEqual([freshKey]);
    expect(openNote(note, [oldKey, freshKey]).signers).toEqual([oldKey, freshKey]);
    expect(() => openNote(note, [PETER])).toThrow(expect.objectContaining(coded));
  });

  it("gives no other text for a note with a bit of any byte flipped", () => {
    const note = utf8(BOTH);
    for (let place = 0; place < note.length; place++)
      for (const bit of [0, 2, 5, 7]) {
        const changed = note.with(place, (note[place] ?? 0) ^ (1 << bit));
        const opened = openOrRefuse(changed, [PETER, ENOCH]);
        // Only the name or id of a signer may change: his signature is an unknown one then, and ignored.
        if (opened === undefined) continue;
        expect(opened.text).toBe(TEXT);
        expect(place).toBeGreaterThan(utf8(TEXT).length);
        expect(opened.signers).toHaveLength(1);
      }
  });

  it("gives no other text for a note with bytes replaced, dropped, added or moved", () => {
    const note = utf8(BOTH);
    const places = fc.nat(note.length - 1);
    const pieces = fc.uint8Array({ maxLength: 4 });
    fc.assert(
      fc.property(places, fc.nat(200), pieces, places, (from, length, piece, to) => {
        const cut = [...note].toSpliced(from, length, ...piece);
        const moved = cut.toSpliced(Math.min(to, cut.length), 0, ...note.subarray(from, from + length));
        for (const changed of [cut, moved]) {
          const opened = openOrRefuse(Uint8Array.from(changed), [PETER, ENOCH]);
          if (opened !== undefined) expect(opened.text).toBe(TEXT);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("refuses the signatures of one text under another, empty lines at the seam included", () => {
    const lines = PETER_LINE + ENOCH_LINE;
    for (const text of [
      `${TEXT}\n`,
      `\n${TEXT}`,
      TEXT.slice(0, -1),
      `${TEXT}\n${PETER_LINE}`,
      `\uFEFF${TEXT}`,
    ])
      expect(openOrRefuse(utf8(`${text}\n${lines}`), [PETER, ENOCH])).toBeUndefined();
  });
});

describe("signNote", () => {
  it("[Go sumdb/note] writes the known note", async () => {
    expect(string(await signNote(TEXT, [peter]))).toBe(`${TEXT}\n${PETER_LINE}`);
    expect(string(await signNote(TEXT, [peter, enoch]))).toBe(BOTH);
  });

  it("[Go sumdb/note] signs the UTF-8 of a text that is not ASCII", async () => {
    const text = "árvore de transparência 日本語 🌲\n";
    const line =
      "— PeterNeumann x08go++3OV7s/KeQz0gcxdTb0xCe6RGE+WqNgFmfn4c7Kh2Tj4rqMVeBKDYPti8V31GF/I1uTTEjjn8pxz1ai4qlEwM=\n";
    expect(string(await signNote(text, [peter]))).toBe(`${text}\n${line}`);
  });

  it("signs a text with empty lines and lines like a signature's, and opens it as it was", async () => {
    for (const text of ["\n", "\n\n", "a\n\nb\n", `a\n\n${PETER_LINE}`, `${BOTH}\n`, "가림\n\n\n"])
      expect(openNote(await signNote(text, [enoch]), [ENOCH]).text).toBe(text);
  });

  it.each([
    ["an empty text", ""],
    ["a text without newline", "abc"],
    ["a carriage return", "a\r\n"],
    ["a tab", "a\tb\n"],
    ["half a character", "\udc00\n"],
    ["a text too large", `${"a".repeat(262_144)}\n`],
  ])("refuses %s before anybody signs it", async (_, text) => {
    let isAsked = false;
    const watched: NoteSigner = {
      ...peter,
      sign: (message) => {
        isAsked = true;
        return peter.sign(message);
      },
    };
    await expect(signNote(text, [watched])).rejects.toMatchObject(coded);
    expect(isAsked).toBe(false);
  });

  it("refuses to make a note that nobody signs", async () => {
    await expect(signNote(TEXT, [])).rejects.toMatchObject(coded);
  });

  it.each([
    ["with another key than it names", { ...peter, sign: enoch.sign }],
    ["something else", { ...peter, sign: () => peter.sign(utf8("something else\n")) }],
    ["with too few bytes", { ...peter, sign: async () => new Uint8Array(63) }],
    ["with nothing", { ...peter, sign: async () => new Uint8Array() }],
  ])("lets no note out whose signer signs %s", async (_, signer: NoteSigner) => {
    await expect(signNote(TEXT, [enoch, signer])).rejects.toMatchObject(coded);
  });

  it.each([
    ["no verifier key", { ...peter, verifierKey: "?" }],
    ["the verifier key of another name", { ...peter, verifierKey: formatVerifierKey(ENOCH) }],
  ])("refuses a signer with %s", async (_, signer) => {
    await expect(signNote(TEXT, [signer])).rejects.toMatchObject({ code: "ERR_GARIM_KEYS_INVALID" });
  });

  it("passes on what a signer throws, and lets no signer change what the next one signs", async () => {
    const broken: NoteSigner = { ...peter, sign: () => Promise.reject(new Error("the KMS does not answer")) };
    await expect(signNote(TEXT, [broken])).rejects.toThrow("the KMS does not answer");
    const spoiling: NoteSigner = {
      ...peter,
      sign: (message) => {
        const own = message.slice();
        message.fill(0);
        return peter.sign(own);
      },
    };
    expect(string(await signNote(TEXT, [spoiling, enoch]))).toBe(BOTH);
  });

  it("writes what formatNote writes of what parseNote read", async () => {
    const note = await signNote(TEXT, [peter, enoch]);
    expect(formatNote(parseNote(note))).toEqual(note);
  });
});
