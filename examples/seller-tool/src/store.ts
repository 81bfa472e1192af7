import type { webcrypto } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** An order line as the marketplace's API gives it; only what this tool uses. What is masked is said in `_masked`. */
export interface Line {
  readonly id: string;
  readonly orderNo: string;
  readonly seller: string;
  readonly product: string;
  readonly option: string | null;
  readonly quantity: number;
  readonly state: string;
  readonly recipient: {
    readonly name: string | null;
    readonly phone: string | null;
    readonly postcode: string | null;
    readonly address: string | null;
  };
  readonly _masked?: { readonly reason: string; readonly fields: readonly string[] };
}

/** A key pair of this tool's own, as JSON Web Keys. */
export interface KeyPair {
  readonly publicJwk: webcrypto.JsonWebKey;
  readonly privateJwk: webcrypto.JsonWebKey;
}

/** A line of which nothing is kept any more, and the marketplace was not told yet. Nobody's data. */
export interface Destroyed {
  readonly id: string;
  readonly seller: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/** What the tool keeps. */
export interface Kept {
  /** The id the marketplace gave it, for this address of its own; `null` before it applied. */
  readonly toolId: string | null;
  readonly redirectUri: string | null;
  /** Proves who it is to the token server. */
  readonly clientKey: KeyPair | null;
  /** Tokens are bound to it: a stolen one is worth nothing. */
  readonly proofKey: KeyPair | null;
  /** The sellers who connected it. */
  readonly sellers: readonly string[];
  readonly lines: readonly Line[];
  readonly destroyed: readonly Destroyed[];
}

const EMPTY: Kept = {
  toolId: null,
  redirectUri: null,
  clientKey: null,
  proofKey: null,
  sellers: [],
  lines: [],
  destroyed: [],
};

/** Where a tool keeps what it has. */
export interface Store {
  read(): Kept;
  write(changes: Partial<Kept>): void;
}

/**
 * One file, readable by its owner alone. Two runs of the tool must not share it.
 *
 * A tool for real customers encrypts it, and keeps keys apart from orders.
 */
export function fileStore(path: string): Store {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let kept = { ...EMPTY, ...readJson(path) };
  return {
    read: () => kept,
    write(changes) {
      kept = { ...kept, ...changes };
      writeFileSync(`${path}.new`, JSON.stringify(kept), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}

function readJson(path: string): Partial<Kept> {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
