import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { checkBundle, type ProvenBundle } from "@garim/audit";
import { isGarimError } from "@garim/policy";
import fc from "fast-check";
import { parseNote } from "../../../packages/audit/src/note/note.ts";
import { parseTlogProof } from "../../../packages/audit/src/prove/tlog-proof.ts";
import { mutatedText, mutatedValue } from "../mutated.ts";
import type { Target } from "../target.ts";

interface Kept {
  readonly bundle: { readonly proof: string };
  readonly trust: { readonly keys: readonly string[]; readonly origin: string };
}

/** A bundle of a made-up record, and the public key of who signed its log. */
const { bundle: RIGHT, trust: TRUST } = JSON.parse(
  readFileSync(new URL("../bundle.json", import.meta.url), "utf8"),
) as Kept;

/** The proof of a record, checked by whoever got it from whomever. */
export const BUNDLE: Target = {
  name: "bundle",
  inputs: fc.oneof(
    mutatedValue(RIGHT),
    mutatedText(RIGHT.proof).map((proof) => ({ ...RIGHT, proof })),
    mutatedText(RIGHT.proof),
    fc.jsonValue(),
  ),
  check(input) {
    const verdict = checkBundle(input, TRUST);
    if (verdict.isProven) checkProven(verdict);
    if (typeof input === "string") {
      orGarimError(() => parseTlogProof(input));
      orGarimError(() => parseNote(Buffer.from(input)));
    }
  },
};

/** What is proven is what was: a bundle may go without its older checkpoint, and a note carry signatures nobody knows. */
function checkProven({ record, checkpoint, since }: ProvenBundle): void {
  const right = checkBundle(RIGHT, TRUST) as ProvenBundle;
  const isSame =
    isDeepStrictEqual([record, checkpoint], [right.record, right.checkpoint]) &&
    (since === null || isDeepStrictEqual(since, right.since));
  if (!isSame) throw new Error("something else is proven");
}

function orGarimError(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!isGarimError(error)) throw error;
  }
}
