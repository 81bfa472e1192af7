import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createKeys } from "@garim/express";
import { type Started, startProcess } from "./process.ts";
import { startProxy } from "./proxy.ts";

const NODE = fileURLToPath(new URL("node.js", import.meta.url));
const SERVER_NAME = "market.example";
const HOST = "127.0.0.1";

/**
 * Starts what compose.yaml and the units describe, without containers and without root: two nodes and nginx before them, on the PostgreSQL of
 * DATABASE_URL and the Redis of REDIS_URL.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "garim-deploy-"));
  const started: Started[] = [];
  closeOnSignal(started);
  const environment = prepare(folder);
  const ports = [await freePort(), await freePort()] as const;
  for (const [i, port] of ports.entries()) {
    const env = { ...environment, NODE_NAME: "ab".charAt(i), PORT: String(port) };
    started.push(await startProcess([process.execPath, NODE], env, { host: HOST, port }));
  }
  const [a, b] = ports.map((port) => `${HOST}:${port}`);
  const listen = `${HOST}:${await freePort()}`;
  const nodes = started.map(({ pid }) => pid);
  const values = { NODE_A: a ?? "", NODE_B: b ?? "", LISTEN: listen, SERVER_NAME };
  const proxy = await startProxy(join(folder, "nginx"), values);
  started.push(proxy);
  process.stdout.write(`ready https://${listen}\n`);
  process.stdout.write(`${JSON.stringify({ certificate: proxy.certificate, folder, nodes })}\n`);
}

/** Keys, a secret, and the place of the checkpoints: what an operator makes once. */
function prepare(folder: string): NodeJS.ProcessEnv {
  for (const name of ["DATABASE_URL", "REDIS_URL"])
    if ((process.env[name] ?? "") === "")
      throw new Error(`${name} is not set: name the PostgreSQL and the Redis to work on`);
  const keys = join(folder, "garim.keys");
  if (!existsSync(keys)) createKeys(keys);
  const secret = join(folder, "session-secret");
  writeFileSync(secret, randomBytes(32).toString("hex"), { mode: 0o600 });
  const checkpoints = join(folder, "checkpoints");
  mkdirSync(checkpoints);
  return {
    NODE_ENV: "production",
    HOST,
    GARIM_KEYS: keys,
    GARIM_CHECKPOINTS: checkpoints,
    GARIM_ORIGIN: `${SERVER_NAME}/access-log`,
    TRUSTED_PROXIES: HOST,
    SESSION_SECRET_FILE: secret,
  };
}

/** The last one first: nginx stops asking before the nodes end. */
function closeOnSignal(started: readonly Started[]): void {
  const close = async (): Promise<void> => {
    for (const one of [...started].reverse()) await one.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());
}

function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  return new Promise((resolve) => {
    server.on("listening", () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
