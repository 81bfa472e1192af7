import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import {
  GarimError,
  isGarimError,
  nearest,
  type Policy,
  type PolicyOptions,
  resolvePolicy,
} from "@garim/policy";
import { inputInvalid } from "../input-error.ts";

/** What `garim.config.json` says. Paths are absolute: the file's own folder is where they begin. */
export interface Config {
  /** Where this was read; absent where there is no file. */
  readonly file?: string;
  /** Exactly one of the two. */
  readonly database?: { readonly urlFrom: string } | { readonly embedded: string };
  /** The key file. */
  readonly keys?: string;
  /** What `verify` trusts. */
  readonly checkpoints?: CheckpointConfig;
  /** The rules in force where the log is kept; without it those of the newest edition, unchanged. */
  readonly policy?: Policy;
}

/** The copy outside the database, and who signed it. */
export interface CheckpointConfig {
  /** Folders (absolute), or addresses. */
  readonly places?: readonly string[];
  /** The log's name in its checkpoints. */
  readonly origin?: string;
  /** Public keys, `name+id+base64`. */
  readonly keys?: readonly string[];
}

/** The file that is read where it lies in the folder of the call. */
const CONFIG_FILE = "garim.config.json";

const MEMBERS = ["database", "keys", "checkpoints", "policy"];
const DATABASE_MEMBERS = ["urlFrom", "embedded"];
const CHECKPOINT_MEMBERS = ["place", "origin", "keys"];
const MOST_PLACES = 16;

/**
 * Reads the configuration: the named file, or `garim.config.json` where there is one.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`; the message never quotes a value of the file
 */
export async function readConfig(named: string | undefined): Promise<Config> {
  const file = resolve(named ?? CONFIG_FILE);
  const text = await readText(file, named !== undefined);
  return text === undefined ? {} : { file, ...parseConfig(text, file) };
}

async function readText(file: string, isNamed: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" && !isNamed) return undefined;
    const why = code === "ENOENT" ? "is not there" : `cannot be read (${code})`;
    throw inputInvalid(`${file} ${why}; give --config the path of a JSON file, or leave it out`, cause);
  }
}

/** Checks the text of a configuration file, as {@link readConfig} does. */
export function parseConfig(text: string, file: string): Config {
  const config = readObject(parseJson(text, file), "", MEMBERS, file);
  const { database, keys, checkpoints, policy } = config;
  return {
    ...(database === undefined ? {} : { database: readDatabase(database, file) }),
    ...(keys === undefined ? {} : { keys: readPath(keys, "keys", file) }),
    ...(checkpoints === undefined ? {} : { checkpoints: readCheckpoints(checkpoints, file) }),
    ...(policy === undefined ? {} : { policy: readPolicy(policy, file) }),
  };
}

/** What the policy itself says of its options is said of the file. */
function readPolicy(value: unknown, file: string): Policy {
  try {
    return resolvePolicy(value as PolicyOptions);
  } catch (error) {
    throw isGarimError(error)
      ? new GarimError(error.code, `${file}: policy: ${error.message}`, error)
      : error;
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    // The engine's own message quotes the text.
    throw inputInvalid(
      `${file} is no JSON; write for example { "database": { "urlFrom": "DATABASE_URL" }, "keys": "./garim.keys" }`,
    );
  }
}

function readDatabase(value: unknown, file: string): NonNullable<Config["database"]> {
  const { urlFrom, embedded } = readObject(value, "database.", DATABASE_MEMBERS, file);
  if ((urlFrom === undefined) === (embedded === undefined))
    throw inputInvalid(
      `${file}: database must say one of two: { "urlFrom": "DATABASE_URL" }, the environment variable that holds the address, or { "embedded": "./.garim/database" }`,
    );
  if (embedded !== undefined) return { embedded: readPath(embedded, "database.embedded", file) };
  if (typeof urlFrom === "string" && /^[A-Za-z_]\w*$/.test(urlFrom)) return { urlFrom };
  throw inputInvalid(
    `${file}: database.urlFrom must be the name of an environment variable, never an address itself; write "urlFrom": "DATABASE_URL"`,
  );
}

function readCheckpoints(value: unknown, file: string): CheckpointConfig {
  const { place, origin, keys } = readObject(value, "checkpoints.", CHECKPOINT_MEMBERS, file);
  return {
    ...(place === undefined ? {} : { places: readPlaces(place, file) }),
    ...(origin === undefined ? {} : { origin: readName(origin, file) }),
    ...(keys === undefined ? {} : { keys: readPublicKeys(keys, file) }),
  };
}

/** One, or several: each is a copy of its own. */
function readPlaces(value: unknown, file: string): readonly string[] {
  const places = Array.isArray(value) ? value : [value];
  if (places.length > 0 && places.length <= MOST_PLACES) return places.map((place) => readWhere(place, file));
  throw inputInvalid(
    `${file}: checkpoints.place must be a folder or an address, or a list of up to ${MOST_PLACES}`,
  );
}

function readWhere(value: unknown, file: string): string {
  return typeof value === "string" && /^https?:/.test(value)
    ? value
    : readPath(value, "checkpoints.place", file);
}

function readName(value: unknown, file: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw inputInvalid(`${file}: checkpoints.origin must be the log's name, as "shop.example/access-log"`);
}

/** A private key begins otherwise; the message does not repeat it. */
function readPublicKeys(value: unknown, file: string): readonly string[] {
  const isKey = (key: unknown): key is string => typeof key === "string" && /^[^+]+\+[0-9a-f]{8}\+/.test(key);
  if (Array.isArray(value) && value.every(isKey)) return value;
  throw inputInvalid(
    `${file}: checkpoints.keys must be a list of public keys as garim keys list shows them, "name+id+base64"`,
  );
}

function readPath(value: unknown, name: string, file: string): string {
  if (typeof value === "string" && value !== "") return resolve(dirname(file), value);
  throw inputInvalid(`${file}: ${name} must be a path, as "./garim"`);
}

function readObject(
  value: unknown,
  prefix: string,
  members: readonly string[],
  file: string,
): Readonly<Record<string, unknown>> {
  const name = prefix === "" ? "the file" : prefix.slice(0, -1);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw inputInvalid(`${file}: ${name} must be an object with ${members.join(", ")}`);
  const unknown = Object.keys(value).find((member) => !members.includes(member));
  if (unknown !== undefined) throw unknownMember(unknown, prefix, members, file);
  return value as Readonly<Record<string, unknown>>;
}

function unknownMember(name: string, prefix: string, members: readonly string[], file: string): Error {
  const hint = nearest(name, members);
  const meant = hint === undefined ? "" : ` Did you mean ${prefix}${hint}?`;
  return inputInvalid(
    `${file} has a member it cannot have: ${JSON.stringify(prefix + name)}.${meant} It takes: ${members.map((one) => prefix + one).join(", ")}`,
  );
}
