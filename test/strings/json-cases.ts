import { readFileSync } from "node:fs";

type Written = string | { readonly hex: string };

interface Kept {
  readonly accepted: Readonly<Record<string, Written>>;
  readonly twice: Readonly<Record<string, Written>>;
  readonly refused: Readonly<Record<string, Written>>;
  readonly either: Readonly<Record<string, Written>>;
}

/** A case of JSONTestSuite: its name there, and its bytes. */
export type JsonCase = readonly [name: string, bytes: Buffer];

const KEPT = JSON.parse(
  readFileSync(new URL("../fixtures/json-cases.json", import.meta.url), "utf8"),
) as Kept;

const casesOf = (kept: Kept[keyof Kept]): readonly JsonCase[] =>
  Object.entries(kept).map(([name, written]) => [name, bytesOf(written)]);

function bytesOf(written: Written): Buffer {
  return typeof written === "string" ? Buffer.from(written) : Buffer.from(written.hex, "hex");
}

export const ACCEPTED: readonly JsonCase[] = casesOf(KEPT.accepted);
export const TWICE: readonly JsonCase[] = casesOf(KEPT.twice);
export const REFUSED: readonly JsonCase[] = casesOf(KEPT.refused);
export const EITHER: readonly JsonCase[] = casesOf(KEPT.either);
