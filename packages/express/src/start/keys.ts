import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { PseudonymKeys } from "@garim/audit";
import type { SecretKeys } from "@garim/auth";
import { GarimError } from "@garim/policy";

/** The secrets of a deployment. They live outside the database: who has only one of the two cannot name a data subject. */
export interface Keys {
  /** Make subjects pseudonyms in the log. */
  readonly subjects: PseudonymKeys;
  /** Encrypt second factors at rest. */
  readonly secrets: SecretKeys;
}

interface Key {
  readonly id: string;
  readonly key: Uint8Array;
}

interface KeyFile {
  readonly subjects: readonly { readonly id: string; readonly key: string }[];
  readonly secrets: readonly { readonly id: string; readonly key: string }[];
}

const KEY_BYTES = 32;

/**
 * Reads the keys from a file. Outside production a missing file is made (and said), readable by its owner only.
 *
 * @throws GarimError `ERR_GARIM_KEYS_MISSING` (production), `ERR_GARIM_KEYS_INVALID`
 */
export function keysFromFile(path: string): Keys {
  const file = parseKeys(readOrCreate(path), path);
  const subjects = file.subjects.map((key) => decodeKey(key, path));
  const secrets = file.secrets.map((key) => decodeKey(key, path));
  return { subjects: { all: () => subjects }, secrets: { all: () => secrets } };
}

/**
 * Writes a file of fresh keys, readable by its owner only. Never overwrites one: the old keys would be lost, and with them
 * every second factor and the way from a buyer to the log.
 */
export function createKeys(path: string): void {
  const fresh = (): { id: string; key: string } => ({
    id: randomBytes(4).toString("hex"),
    key: randomBytes(KEY_BYTES).toString("base64"),
  });
  const file: KeyFile = { subjects: [fresh()], secrets: [fresh()] };
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: "wx" });
}

function readOrCreate(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT")
      throw new GarimError("ERR_GARIM_KEYS_INVALID", `The key file ${path} cannot be read`, cause);
  }
  if (process.env["NODE_ENV"] === "production") throw missing(path);
  createKeys(path);
  process.stderr.write(
    `garim: made new keys in ${path}; keep that file: without it second factors are lost\n`,
  );
  return readFileSync(path, "utf8");
}

function missing(path: string): GarimError {
  return new GarimError(
    "ERR_GARIM_KEYS_MISSING",
    `There is no key file ${path}. Make one once and keep it safe: node -e 'import("@garim/express").then((g) => g.createKeys(${JSON.stringify(path)}))'`,
  );
}

function parseKeys(text: string, path: string): KeyFile {
  try {
    const file = JSON.parse(text) as KeyFile;
    if (file.subjects.length > 0 && file.secrets.length > 0) return file;
  } catch {
    // Said below, without the text: it holds secrets.
  }
  throw invalid(path);
}

function decodeKey({ id, key }: { readonly id: string; readonly key: string }, path: string): Key {
  const bytes = Buffer.from(typeof key === "string" ? key : "", "base64");
  if (typeof id !== "string" || id === "" || bytes.length !== KEY_BYTES) throw invalid(path);
  return { id, key: bytes };
}

function invalid(path: string): GarimError {
  return new GarimError(
    "ERR_GARIM_KEYS_INVALID",
    `The key file ${path} is damaged: it must hold {"subjects":[{id,key}],"secrets":[{id,key}]} with keys of ${KEY_BYTES} bytes in base64; restore it from your copy`,
  );
}
