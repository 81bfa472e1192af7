import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "./free-port.ts";
import { leftOut } from "./left-out.ts";

/** A Redis for tests. */
export interface RedisService {
  /** A connection string. */
  readonly url: string;
  /** Ends the server, and leaves a shared one as it is. */
  stop(): Promise<void>;
  /** Kills the server as a power cut would (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, after {@link kill} or while it runs. */
  restart(): Promise<void>;
  /** Makes it hold still: connections stay, answers do not come. */
  pause(): void;
  /** Lets it go on after {@link pause}. */
  resume(): void;
}

export interface RedisOptions {
  /** Starts a server of the test's own, which may be killed and restarted, even where `REDIS_URL` names one. */
  readonly mustBeOwn?: boolean;
  /** Lines of redis.conf, by directive. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts Redis: the server `REDIS_URL` names, where tests leave keys `garim:*` and `sess:*` behind; else `redis-server` on a
 * random loopback port, with its data in the folder for temporary files and every write on disk before it is answered. Where neither
 * is there, it says that tests are left out.
 *
 * @param what - the tests that need it
 * @throws Error under `GARIM_REQUIRE_SERVICES=1`
 */
export async function startRedisOrSkip(
  what: string,
  options: RedisOptions = {},
): Promise<RedisService | undefined> {
  try {
    return await startRedis(options);
  } catch (error) {
    leftOut(
      what,
      `Redis cannot be started (${String(error)}); install redis-server, or let REDIS_URL name one that runs`,
    );
    return undefined;
  }
}

async function startRedis(options: RedisOptions): Promise<RedisService> {
  const shared = options.mustBeOwn ? "" : (process.env["REDIS_URL"] ?? "");
  return shared === "" ? await startOwn(options) : useShared(shared);
}

function useShared(url: string): RedisService {
  const refuse = (): never => {
    throw new Error("The server of REDIS_URL is not this test's to stop; start one with { mustBeOwn: true }");
  };
  return { url, stop: async () => undefined, kill: refuse, restart: refuse, pause: refuse, resume: refuse };
}

async function startOwn({ settings = {} }: RedisOptions): Promise<RedisService> {
  const folder = await mkdtemp(join(tmpdir(), "garim-redis-"));
  const password = randomBytes(12).toString("hex");
  const port = await freePort();
  const config = {
    port: String(port),
    bind: "127.0.0.1",
    requirepass: password,
    dir: folder,
    save: '""',
    appendonly: "yes",
    appendfsync: "always",
    ...settings,
  };
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  let server = await start(config).catch(async (error) => {
    await removeFolder();
    throw error;
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, "exit");
    server.kill(signal);
    await exited;
  };
  // A run that ends in a hurry leaves nothing behind.
  const endAtOnce = (): void => {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", endAtOnce);
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    stop: async () => {
      await end("SIGKILL");
      process.off("exit", endAtOnce);
      await removeFolder();
    },
    kill: () => end("SIGKILL"),
    restart: async () => {
      await end("SIGTERM");
      server = await start(config);
    },
    pause: () => void server.kill("SIGSTOP"),
    resume: () => void server.kill("SIGCONT"),
  };
}

/** Starts the server and waits until it takes connections. Its settings go through standard input: they hold a password. */
async function start(config: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const server = spawn("redis-server", ["-"], { stdio: ["pipe", "pipe", "ignore"] });
  const failed = once(server, "error").then(([error]) => Promise.reject(error));
  const lines = Object.entries(config).map(([name, value]) => `${name} ${value}\n`);
  server.stdin.on("error", () => undefined).end(lines.join(""));
  await Promise.race([failed, waitForReady(server)]);
  return server;
}

async function waitForReady(server: ChildProcess): Promise<void> {
  const said: string[] = [];
  if (server.stdout === null) throw new Error("the server has no output");
  for await (const line of createInterface(server.stdout)) {
    said.push(line);
    if (!line.includes("Ready to accept connections")) continue;
    server.stdout.resume();
    return;
  }
  throw new Error(`redis-server did not start:\n${said.slice(-5).join("\n")}`);
}
