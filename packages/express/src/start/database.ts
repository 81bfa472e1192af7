import { GarimError } from "@garim/policy";

/**
 * The host's database, by structure: a `pg` Pool and a PGlite fit as they are, with the same SQL. No driver is a dependency.
 */
export interface Database {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** A database inside this process, to be closed by who opened it. */
export interface EmbeddedDatabase extends Database {
  close(): Promise<void>;
}

/**
 * Opens PGlite, PostgreSQL inside this process, in a folder of its own. Needs no server; one process at a time.
 *
 * It runs with `fsync` off: it survives a killed process, not a power cut, and production refuses it.
 *
 * @param dir - the folder; made when it is not there
 * @throws GarimError `ERR_GARIM_DATABASE` where the package is missing or the folder cannot be used
 */
export async function embedded(dir: string): Promise<EmbeddedDatabase> {
  const { PGlite } = await loadPglite();
  process.stderr.write(
    `garim: starting the embedded database in ${dir} (the first start takes some seconds)\n`,
  );
  try {
    return await PGlite.create(dir);
  } catch (cause) {
    throw new GarimError(
      "ERR_GARIM_DATABASE",
      `The embedded database could not be opened in ${dir}: give a folder this process may write to and no other process uses`,
      cause,
    );
  }
}

async function loadPglite(): Promise<typeof import("@electric-sql/pglite")> {
  try {
    return await import("@electric-sql/pglite");
  } catch (cause) {
    throw new GarimError(
      "ERR_GARIM_DATABASE",
      "embedded() needs PGlite: npm install @electric-sql/pglite, or give createGarim a pg Pool as database",
      cause,
    );
  }
}
