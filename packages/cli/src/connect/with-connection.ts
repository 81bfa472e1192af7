import type { Terminal } from "../terminal.ts";
import type { VerbContext } from "../verb/context.ts";
import { type Config, readConfig } from "./config.ts";
import type { Access, Connection } from "./connection.ts";
import { isDriverError } from "./driver-error.ts";
import { openEmbedded } from "./embedded.ts";
import { explainFault } from "./fault.ts";
import type { ConnectOptions } from "./options.ts";
import { findDatabase, findKeys } from "./place.ts";
import { openServer } from "./server.ts";

/** What was said about where things are. */
export interface Setting {
  readonly config: Config;
  /** Path of the key file, where one is said. */
  readonly keys: string | undefined;
}

/** How {@link withConnection} opens the database. */
export interface Opening extends Access {
  /** Whether an embedded database may be made where there is none. */
  readonly mayMake?: boolean;
}

/** An open database, and what was said about where things are. */
export interface Opened {
  readonly connection: Connection;
  readonly setting: Setting;
}

/**
 * Opens the database that options, configuration and environment name; whoever opens it closes it. Takes plain data only, so a
 * worker thread can open a connection of its own.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`, `ERR_GARIM_DATABASE`
 */
export async function openConnection(
  options: ConnectOptions,
  env: Terminal["env"],
  opening: Opening,
): Promise<Opened> {
  const config = await readConfig(options.config);
  const setting = { config, keys: findKeys(options.keys, config, env) };
  const place = findDatabase(options.embedded, config, env);
  const connection =
    place.kind === "server"
      ? await openServer(place, opening)
      : await openEmbedded(place, opening, opening.mayMake === true);
  return { connection, setting };
}

/**
 * Opens the database as {@link openConnection} does, runs a verb on it, and closes it whatever happened.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`, `ERR_GARIM_DATABASE`: one line that says which database, what is wrong, what to do
 */
export async function withConnection<T>(
  { terminal }: VerbContext,
  options: ConnectOptions,
  opening: Opening,
  run: (connection: Connection, setting: Setting) => Promise<T>,
): Promise<T> {
  const { connection, setting } = await openConnection(options, terminal.env, opening);
  try {
    return await run(connection, setting);
  } catch (error) {
    throw isDriverError(error) ? (explainFault(error, connection.name) ?? error) : error;
  } finally {
    // What was asked has been answered or has failed by now.
    await connection.close().catch(() => undefined);
  }
}
