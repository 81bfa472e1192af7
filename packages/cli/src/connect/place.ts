import { GarimError } from "@garim/policy";
import { inputInvalid } from "../input-error.ts";
import type { Config } from "./config.ts";

/** Where the database is. */
export type DatabasePlace = ServerPlace | EmbeddedPlace;

/** A PostgreSQL server. */
export interface ServerPlace {
  readonly kind: "server";
  /** Holds the password: never to be said. */
  readonly url: string;
  /** The environment variable it came from, to be said in its stead. */
  readonly from: string;
}

/** A folder of PGlite. */
export interface EmbeddedPlace {
  readonly kind: "embedded";
  readonly folder: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const NO_DATABASE =
  "No database is said; write DATABASE_URL=postgres://user:password@host:5432/database in the environment, or --embedded DIR for a folder of PGlite";

/**
 * Finds which database is meant: `--embedded`, else what the configuration says, else `DATABASE_URL`. Two that contradict each
 * other are refused rather than guessed between.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`
 */
export function findDatabase(
  embedded: string | undefined,
  { file = "the configuration", database }: Config,
  env: Environment,
): DatabasePlace {
  if (embedded !== undefined) return { kind: "embedded", folder: embedded };
  if (database === undefined) return serverFrom("DATABASE_URL", NO_DATABASE, env);
  if ("urlFrom" in database) {
    const { urlFrom } = database;
    return serverFrom(urlFrom, `${file} says that ${urlFrom} holds the database's address; set it`, env);
  }
  if ((env["DATABASE_URL"] ?? "") !== "")
    throw inputInvalid(
      `Two databases are said: ${file} says embedded, and DATABASE_URL is set; unset one, or write --embedded ${database.embedded}`,
    );
  return { kind: "embedded", folder: database.embedded };
}

/** Whether any database is said, without a look at whether it is there. */
export function isDatabaseSaid(
  embedded: string | undefined,
  { database }: Config,
  env: Environment,
): boolean {
  return embedded !== undefined || database !== undefined || (env["DATABASE_URL"] ?? "") !== "";
}

function serverFrom(name: string, otherwise: string, env: Environment): ServerPlace {
  const url = env[name] ?? "";
  if (url === "") throw inputInvalid(otherwise);
  return { kind: "server", url, from: name };
}

/** Finds the key file: `--keys`, else `GARIM_KEYS`, else what the configuration says; absent where nothing is said. */
export function findKeys(keys: string | undefined, config: Config, env: Environment): string | undefined {
  const named = env["GARIM_KEYS"] ?? "";
  return keys ?? (named === "" ? config.keys : named);
}

/**
 * The key file, for a verb that cannot do without.
 *
 * @param why - what it is needed for, as "who-saw turns a buyer into pseudonyms"
 * @throws GarimError `ERR_GARIM_KEYS_MISSING`
 */
export function needKeys(keys: string | undefined, why: string): string {
  if (keys !== undefined) return keys;
  throw new GarimError(
    "ERR_GARIM_KEYS_MISSING",
    `${why} by the key file, and none is said; write --keys FILE, GARIM_KEYS=FILE in the environment, or "keys" in garim.config.json`,
  );
}
