import { GarimError } from "@garim/policy";
import { isSignedBy } from "./ed25519.ts";
import { formatNote, isNoteText, type NoteSignature, parseNote } from "./note.ts";
import type { NoteSigner } from "./signer.ts";
import { parseVerifierKey, type VerifierKey } from "./verifier-key.ts";

/** A text, and which of the trusted keys signed it. */
export interface OpenedNote {
  /** Ends in a newline. */
  readonly text: string;
  /** At least one, in the order of their signatures, each once. */
  readonly signers: readonly VerifierKey[];
}

/**
 * Verifies a note.
 *
 * Signatures of keys that are not given are ignored, so that keys can be rotated with an overlap and witnesses can sign too. One
 * wrong signature of a given key refuses the note, however many others are right: somebody changed something.
 *
 * @param bytes - the note, to 262,144 bytes and 32 signatures
 * @param verifiers - the keys that are trusted; each may be old or new
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where it is malformed, a signature is wrong, or none of the keys signed it;
 *   `ERR_GARIM_KEYS_INVALID` where two different keys have one name and id
 * @source C2SP signed-note, Signatures
 */
export function openNote(bytes: Uint8Array, verifiers: readonly VerifierKey[]): OpenedNote {
  const trusted = ringOf(verifiers);
  const { text, signatures } = parseNote(bytes);
  const message = Buffer.from(text);
  const signers = new Set<VerifierKey>();
  for (const signature of signatures) {
    const verifier = trusted.get(labelOf(signature));
    // "Verifiers MUST ignore signatures from unknown keys, even if they share a name or ID (but not both) with a known key."
    if (verifier === undefined) continue;
    // "If a signature from a known key fails to verify, clients SHOULD reject the whole note."
    if (!isSignedBy(verifier.publicKey, message, signature.signature)) throw wrong(verifier);
    signers.add(verifier);
  }
  // "If no signature from a known key verifies successfully, clients MUST reject the note."
  if (signers.size === 0) throw unsigned([...trusted.keys()]);
  return { text, signers: [...signers] };
}

/**
 * Signs a text, and opens the note again before anybody gets it: what leaves here verifies.
 *
 * @param text - ends in a newline, without other control characters
 * @param signers - at least one; while a key is rotated, the old one and the new one
 * @returns the note, UTF-8
 * @throws GarimError `ERR_GARIM_PROOF_INVALID` where the text cannot be signed, nobody signs it, or a signature is not of the
 *   signer's verifier key; `ERR_GARIM_KEYS_INVALID` where that key is none or has another name; whatever a signer throws
 */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<Uint8Array> {
  if (!isNoteText(text))
    throw new GarimError(
      "ERR_GARIM_PROOF_INVALID",
      "The text cannot be signed: it must end in a newline and hold no other control character and no lone surrogate",
    );
  const message = Uint8Array.from(Buffer.from(text));
  const verifiers = signers.map(verifierOf);
  const signatures = await Promise.all(signers.map((signer) => signer.sign(message.slice())));
  const lines = verifiers.map(({ name, keyId }, place) => ({
    name,
    keyId,
    signature: signatures[place] ?? new Uint8Array(),
  }));
  const bytes = formatNote({ text, signatures: lines });
  openNote(bytes, verifiers);
  return bytes;
}

function verifierOf(signer: NoteSigner): VerifierKey {
  const verifier = parseVerifierKey(signer.verifierKey);
  if (verifier.name === signer.name) return verifier;
  throw new GarimError(
    "ERR_GARIM_KEYS_INVALID",
    `The signer is named ${signer.name} and its verifier key ${verifier.name}; give both one name`,
  );
}

/** The trusted keys by what a signature line says of them. */
function ringOf(verifiers: readonly VerifierKey[]): ReadonlyMap<string, VerifierKey> {
  const ring = new Map<string, VerifierKey>();
  for (const verifier of verifiers) {
    const label = labelOf(verifier);
    const other = ring.get(label) ?? verifier;
    if (Buffer.compare(other.publicKey, verifier.publicKey) !== 0)
      throw new GarimError(
        "ERR_GARIM_KEYS_INVALID",
        `Two different keys are ${label}; take one of them away`,
      );
    ring.set(label, other);
  }
  return ring;
}

function labelOf({ name, keyId }: VerifierKey | NoteSignature): string {
  return `${name}+${keyId}`;
}

function wrong(verifier: VerifierKey): GarimError {
  return new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    `The note carries a wrong signature of ${labelOf(verifier)}: its text or the signature was changed; do not trust it`,
  );
}

function unsigned(trusted: readonly string[]): GarimError {
  return new GarimError(
    "ERR_GARIM_PROOF_INVALID",
    `None of the trusted keys signed the note (${trusted.join(", ") || "none given"}); give the key that did, if you trust it`,
  );
}
