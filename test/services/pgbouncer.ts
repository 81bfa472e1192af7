import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { freePort } from "./free-port.ts";
import { leftOut } from "./left-out.ts";
import type { PostgresService } from "./postgres.ts";

/** A PgBouncer in front of a server, in transaction mode. */
export interface PgBouncerService {
  readonly url: string;
  stop(): Promise<void>;
}

/** Fewer connections to the server than clients ask for: each statement gets whichever is free. */
const SERVER_CONNECTIONS = 3;

/**
 * Starts one on loopback.
 *
 * @returns `undefined` where it cannot be started here, which is said
 * @throws Error under `GARIM_REQUIRE_SERVICES=1`
 */
export async function startPgBouncerOrSkip(
  what: string,
  postgres: PostgresService | undefined,
): Promise<PgBouncerService | undefined> {
  if (postgres === undefined) return undefined;
  try {
    return await startPgBouncer(postgres);
  } catch (error) {
    leftOut(what, `PgBouncer cannot be started (${String(error)}); install pgbouncer`);
    return undefined;
  }
}

async function startPgBouncer({ url }: PostgresService): Promise<PgBouncerService> {
  const { hostname, port: serverPort, username, password, pathname } = new URL(url);
  const name = pathname.slice(1);
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "garim-pgbouncer-"));
  const file = join(folder, "pgbouncer.ini");
  const server = `host=${hostname} port=${serverPort} dbname=${name} user=${username} password=${password}`;
  const settings = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    auth_type: "any",
    pool_mode: "transaction",
    default_pool_size: SERVER_CONNECTIONS,
    // As it is by default in this mode: what a client leaves on a connection, a lock or a setting, the next one meets.
    server_reset_query_always: 0,
    max_client_conn: 200,
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
  await writeFile(file, `[databases]\n${name} = ${server}\n[pgbouncer]\n${lines.join("")}`);
  // It refuses to run as root, and reads its settings as whoever it becomes.
  await chmod(folder, 0o755);
  await chmod(file, 0o644);
  const asUser = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const child = spawn("pgbouncer", ["-q", ...asUser, file], { stdio: ["ignore", "ignore", "pipe"] });
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  const bounced = `postgres://${username}@127.0.0.1:${port}/${name}`;
  await untilItAnswers(child, bounced).catch(async (error) => {
    await stop();
    throw error;
  });
  return { url: bounced, stop };
}

async function untilItAnswers(child: ChildProcess, url: string, triesLeft = 100): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error("pgbouncer ended before it was ready")));
  });
  failed.catch(() => undefined);
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await Promise.race([failed, client.connect()]);
    await client.query("select 1");
    await client.end();
  } catch (error) {
    if (triesLeft === 0 || child.exitCode !== null || child.pid === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    await untilItAnswers(child, url, triesLeft - 1);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
