import { isGarimError } from "@garim/policy";
import type { VerbContext } from "../verb/context.ts";
import { type Config, readConfig } from "./config.ts";
import type { Access, Connection } from "./connection.ts";
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

/**
 * Opens the database that options, configuration and environment name, runs a verb on it, and closes it whatever happened.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID`, `ERR_GARIM_DATABASE`: one line that says which database, what is wrong, what to do
 */
export async function withConnection<T>(
  { terminal }: VerbContext,
  options: ConnectOptions,
  opening: Opening,
  run: (connection: Connection, setting: Setting) => Promise<T>,
): Promise<T> {
  const config = await readConfig(options.config);
  const keys = findKeys(options.keys, config, terminal.env);
  const place = findDatabase(options.embedded, config, terminal.env);
  const connection =
    place.kind === "server"
      ? await openServer(place, opening)
      : await openEmbedded(place, opening, opening.mayMake === true);
  try {
    return await run(connection, { config, keys });
  } catch (error) {
    throw isGarimError(error) ? error : (explainFault(error, connection.name) ?? error);
  } finally {
    // What was asked has been answered or has failed by now.
    await connection.close().catch(() => undefined);
  }
}
