import { existsSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type AccessLog, createAccessLog, createLogReader, type LogDatabase } from "@garim/audit";
import { GarimError } from "@garim/policy";
import { Pool } from "pg";
import type { Settings } from "./settings.ts";

/** A marketplace's log, open for somebody who asks. */
export interface OpenLog {
  readonly database: LogDatabase;
  /** Where questions are put on record; nothing else is written. */
  readonly log: AccessLog;
  close(): Promise<void>;
}

/** Opens the log of a marketplace. @throws GarimError where there is none */
export async function openLog(settings: Settings): Promise<OpenLog> {
  const { databaseUrl, market, subjects: keys } = settings;
  const database = databaseUrl ? openServer(databaseUrl) : await openFolder(market);
  const closeDatabase = (): Promise<void> => (database instanceof Pool ? database.end() : database.close());
  try {
    // Asked first, as it changes nothing: an auditor who took the wrong database must not make a log in it.
    await createLogReader({ database, keys });
    const log = await createAccessLog({ database, keys });
    return { database, log, close: () => log.close().then(closeDatabase) };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

/** Its user needs the role `garim_auditor` of `garim migrate --role-sql`: to read the log, and to append. */
function openServer(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 4 });
  // pg wants a listener for connections that end while idle.
  pool.on("error", () => undefined);
  return pool;
}

/** An embedded database lives in one process: the marketplace must not run meanwhile. */
async function openFolder(market: string): Promise<PGlite> {
  const [folder, lock] = [join(market, "database"), join(market, "marketplace.lock")];
  if (!existsSync(join(folder, "PG_VERSION")))
    throw unusable(`${market} holds no marketplace; give its folder with --market, or set DATABASE_URL`);
  if (existsSync(lock))
    throw unusable(`A marketplace uses ${market}; stop it first. If none runs any more, remove ${lock}`);
  return await PGlite.create(folder);
}

function unusable(what: string): GarimError {
  return new GarimError("ERR_GARIM_DATABASE", what);
}
