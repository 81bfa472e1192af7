import { GarimError } from "@garim/policy";
import type { Client as PgClient, Pool, PoolClient, QueryConfig } from "pg";
import { inputInvalid } from "../input-error.ts";
import { type Access, type Connection, type Queries, STATEMENT_MS } from "./connection.ts";
import { askDriver } from "./driver-error.ts";
import type { ServerPlace } from "./place.ts";
import { type Client, runTransaction } from "./transaction.ts";

/** How long a server is waited for, milliseconds. */
interface Patience {
  readonly connectMs: number;
  /** Beyond the time a statement may take by the server's own clock: a network that swallows answers never says so. */
  readonly graceMs: number;
}

const PATIENCE: Patience = { connectMs: 10_000, graceMs: 10_000 };

/**
 * Opens a PostgreSQL server; the first statement connects.
 *
 * @throws GarimError `ERR_GARIM_DATABASE` where the package `pg` is missing, `ERR_GARIM_INPUT_INVALID` for an address that is none
 */
export async function openServer(
  place: ServerPlace,
  access: Access,
  patience: Patience = PATIENCE,
): Promise<Connection> {
  const driver = await loadDriver();
  const name = describeServer(() => new driver.Client({ connectionString: place.url }), place);
  const pool = new driver.Pool({
    connectionString: place.url,
    // One for what is asked, one for what is asked meanwhile.
    max: 2,
    connectionTimeoutMillis: patience.connectMs,
    keepAlive: true,
    application_name: "garim",
  });
  // A connection that breaks while idle is replaced; without a listener it would end the process.
  pool.on("error", () => undefined);
  return useServer({ pool, name, graceMs: patience.graceMs }, access);
}

interface Server {
  readonly pool: Pool;
  readonly name: string;
  readonly graceMs: number;
}

function useServer(server: Server, access: Access): Connection {
  const { pool, name } = server;
  const transaction = <T>(run: (queries: Queries) => Promise<T>): Promise<T> => borrow(server, access, run);
  return {
    kind: "server",
    name,
    query: (text, values) => transaction((queries) => queries.query(text, values)),
    transaction,
    use: (other) => useServer(server, other),
    connect: () => askDriver(pool.connect()),
    get waitingCount() {
      return pool.waitingCount;
    },
    close: () => pool.end(),
  };
}

async function borrow<T>(
  { pool, graceMs }: Server,
  access: Access,
  run: (queries: Queries) => Promise<T>,
): Promise<T> {
  const client = await askDriver(pool.connect());
  // One that breaks while it is ours says so by its statements.
  const ignore = (): void => undefined;
  client.on("error", ignore);
  let failed = true;
  try {
    const result = await runTransaction(clientOf(client, waitFor(access, graceMs)), access, run);
    failed = false;
    return result;
  } finally {
    client.off("error", ignore);
    client.release(failed);
  }
}

/** How long an answer is waited for, milliseconds; 0 for no end. */
function waitFor({ statementMs = STATEMENT_MS }: Access, graceMs: number): number {
  return statementMs === 0 ? 0 : statementMs + graceMs;
}

/** A statement with its own limit, which the driver has and its types do not. */
interface Limited extends QueryConfig {
  readonly query_timeout: number;
}

function clientOf(client: PoolClient, queryTimeout: number): Client {
  const limited = (text: string): Limited => ({ text, query_timeout: queryTimeout });
  return {
    query: (text, values) => askDriver(client.query(limited(text), values)),
    script: (text) => askDriver(client.query(limited(text))),
  };
}

function describeServer(parse: () => PgClient, { url, from }: ServerPlace): string {
  try {
    if (!/^postgres(?:ql)?:\/\//.test(url)) throw new TypeError("another scheme");
    const { host, port, database, user } = parse();
    return `database ${database ?? "(none named)"} at ${host}:${port} as ${user ?? "(no user named)"}`;
  } catch {
    // The parser's own error holds the address.
    throw inputInvalid(
      `${from} holds no address of a database; write ${from}=postgres://user:password@host:5432/database, with @ : / # of the password as %40 %3A %2F %23`,
    );
  }
}

async function loadDriver(): Promise<typeof import("pg").default> {
  try {
    return (await import("pg")).default;
  } catch (cause) {
    throw new GarimError(
      "ERR_GARIM_DATABASE",
      "A PostgreSQL server needs the package pg; run npm install pg beside @garim/cli",
      cause,
    );
  }
}
