import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { GarimError } from "@garim/policy";
import { inputInvalid } from "../input-error.ts";
import type { Access, Connection, Queries } from "./connection.ts";
import { askDriver } from "./driver-error.ts";
import { findUser } from "./folder-user.ts";
import type { EmbeddedPlace } from "./place.ts";
import { type Client, runTransaction } from "./transaction.ts";

/**
 * Opens a folder of PGlite, or the folder `database` in it, as the demo keeps it.
 *
 * @param mayMake - whether a folder that holds none may become one
 * @throws GarimError `ERR_GARIM_DATABASE` where PGlite is missing, the folder cannot be opened, or another process uses it;
 *   `ERR_GARIM_INPUT_INVALID` where no database is there
 */
export async function openEmbedded(
  place: EmbeddedPlace,
  access: Access,
  mayMake: boolean,
): Promise<Connection> {
  const folder = findFolder(resolve(place.folder), mayMake);
  const { PGlite } = await loadPglite();
  checkUnused(folder);
  const database = await PGlite.create(folder).catch((cause: unknown) => {
    throw new GarimError(
      "ERR_GARIM_DATABASE",
      `The embedded database in ${folder} cannot be opened; this user must be able to write there, and the version of PGlite must be the one that made it`,
      cause,
    );
  });
  const client: Client = {
    query: (text, values) => askDriver(database.query(text, values)),
    script: (text) => askDriver(database.exec(text)),
  };
  const close = (): Promise<void> => database.close();
  return useEmbedded({ name: `embedded database in ${folder}`, inTurn: takeTurns(), client, close }, access);
}

/** Runs one after another: PGlite has one connection. */
type InTurn = <T>(run: () => Promise<T>) => Promise<T>;

function takeTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const mine = last.then(run);
    last = mine.catch(() => undefined);
    return mine;
  };
}

interface Embedded {
  readonly name: string;
  readonly inTurn: InTurn;
  readonly client: Client;
  readonly close: () => Promise<void>;
}

function useEmbedded(embedded: Embedded, access: Access): Connection {
  const { name, inTurn, client, close } = embedded;
  const transaction = <T>(run: (queries: Queries) => Promise<T>): Promise<T> =>
    inTurn(() => runTransaction(client, access, run));
  return {
    kind: "embedded",
    name,
    query: (text, values) => transaction((queries) => queries.query(text, values)),
    transaction,
    use: (other) => useEmbedded(embedded, other),
    close,
  };
}

function findFolder(folder: string, mayMake: boolean): string {
  const found = [folder, join(folder, "database")].find((one) => existsSync(join(one, "PG_VERSION")));
  if (found !== undefined || mayMake) return found ?? folder;
  throw inputInvalid(
    `${folder} holds no embedded database (no file PG_VERSION); give --embedded the folder that embedded() was given`,
  );
}

/** PGlite locks nothing: two processes in one folder spoil it. */
function checkUnused(folder: string): void {
  const pid = findUser(folder);
  if (pid === undefined) return;
  throw new GarimError(
    "ERR_GARIM_DATABASE",
    `Process ${pid} uses the embedded database in ${folder}, which one process at a time may open; stop that process first`,
  );
}

async function loadPglite(): Promise<typeof import("@electric-sql/pglite")> {
  try {
    return await import("@electric-sql/pglite");
  } catch (cause) {
    throw new GarimError(
      "ERR_GARIM_DATABASE",
      "--embedded needs PGlite; run npm install @electric-sql/pglite beside @garim/cli",
      cause,
    );
  }
}
