import { GarimError } from "@garim/policy";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { hasControl, isKeyName } from "./key-text.ts";

/** A text and who claims to have signed it: nothing in it is true until `openNote` says so. */
export interface SignedNote {
  /** Ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** 8 lower-case hex digits. */
  readonly keyId: string;
  /** Of whatever length its type has: 64 bytes for Ed25519. */
  readonly signature: Uint8Array;
}

/**
 * C2SP asks for room for 16 signatures, of which those of the post-quantum kind take nearly 5 kB each; this is twice that. Larger
 * input is refused before it is looked at.
 */
const MAX_SIGNATURES = 32;
const MAX_NOTE_BYTES = 262_144;

const NEWLINE = 0x0a;
const KEY_ID_BYTES = 4;
/** U+2014; it begins every signature line. */
const EM_DASH = "—";

/** Keeps a byte order mark: it is part of what was signed. */
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Writes a note: the text, a blank line, and a line `— name base64(key id || signature)` for each signature.
 *
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where {@link parseNote} would not read the same note back
 * @source C2SP signed-note, Format
 */
export function formatNote({ text, signatures }: SignedNote): Uint8Array {
  if (!isNoteText(text)) throw malformed("its text cannot be signed");
  const bytes = Uint8Array.from(Buffer.from(`${text}\n${signatures.map(formatLine).join("")}`));
  parseNote(bytes);
  return bytes;
}

/**
 * Reads a note and verifies nothing.
 *
 * Stricter than C2SP in one matter: base64 must be in its one canonical form, of unknown signers too.
 *
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where it is malformed
 * @source C2SP signed-note, Format
 */
export function parseNote(bytes: Uint8Array): SignedNote {
  const note = decodeNote(bytes);
  // "The text is separated from the signatures by the last empty line in the note", so the text may hold empty lines.
  const end = note.lastIndexOf("\n\n");
  if (end === -1) throw malformed("no blank line stands between its text and its signatures");
  const lines = note.slice(end + 2).split("\n");
  if (lines.pop() !== "") throw malformed("its last line has no newline");
  if (lines.length === 0) throw malformed("it has no signature");
  if (lines.length > MAX_SIGNATURES) throw malformed(`it has more than ${MAX_SIGNATURES} signatures`);
  return { text: note.slice(0, end + 1), signatures: lines.map(parseLine) };
}

/** Tells whether a text can be signed: ends in a newline, no other control character, no half of a character, not too large. */
export function isNoteText(text: string): boolean {
  const bytes = Buffer.from(text);
  if (!text.endsWith("\n") || bytes.length > MAX_NOTE_BYTES) return false;
  return !hasControl(bytes, NEWLINE) && bytes.toString() === text;
}

function decodeNote(bytes: Uint8Array): string {
  if (bytes.length > MAX_NOTE_BYTES) throw malformed(`it is larger than ${MAX_NOTE_BYTES} bytes`);
  if (hasControl(bytes, NEWLINE))
    throw malformed("it holds a control character; were its line ends changed to CRLF?");
  try {
    return UTF8.decode(bytes);
  } catch {
    throw malformed("it is not UTF-8");
  }
}

function formatLine({ name, keyId, signature }: NoteSignature): string {
  // A space or newline in a name would make other signatures of it.
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(keyId))
    throw malformed("a signature of it has no name or no key id");
  return `${EM_DASH} ${name} ${encodeBase64(Buffer.concat([Buffer.from(keyId, "hex"), signature]))}\n`;
}

function parseLine(line: string): NoteSignature {
  const [dash, name = "", base64 = "", ...more] = line.split(" ");
  const bytes = decodeBase64(base64);
  if (dash !== EM_DASH || !isKeyName(name) || more.length > 0)
    throw malformed("a line of its signatures is not: em dash, name, base64, with one space between");
  if (bytes === undefined || bytes.length <= KEY_ID_BYTES)
    throw malformed("a signature of it is not base64 of a key id and a signature");
  const keyId = Buffer.from(bytes.subarray(0, KEY_ID_BYTES)).toString("hex");
  return { name, keyId, signature: bytes.slice(KEY_ID_BYTES) };
}

/** What the note says is not repeated: nobody has vouched for it. */
function malformed(what: string): GarimError {
  return new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    `This is no signed note: ${what}; fetch it again, byte for byte`,
  );
}
