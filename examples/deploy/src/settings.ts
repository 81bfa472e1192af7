import { readFileSync } from "node:fs";

/** What a node is told by its environment. */
export interface NodeSettings {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly keys: string;
  readonly checkpoints: string;
  readonly origin: string;
  /** Addresses and networks of proxies that are believed. */
  readonly trustedProxies: readonly string[];
  readonly sessionSecret: string;
}

/** Reads the environment. @throws Error naming the variable that is missing */
export function readSettings(env: NodeJS.ProcessEnv): NodeSettings {
  return {
    name: need(env, "NODE_NAME"),
    host: env["HOST"] ?? "127.0.0.1",
    port: Number(need(env, "PORT")),
    databaseUrl: need(env, "DATABASE_URL"),
    redisUrl: need(env, "REDIS_URL"),
    keys: need(env, "GARIM_KEYS"),
    checkpoints: need(env, "GARIM_CHECKPOINTS"),
    origin: need(env, "GARIM_ORIGIN"),
    trustedProxies: need(env, "TRUSTED_PROXIES").split(","),
    sessionSecret: readFileSync(need(env, "SESSION_SECRET_FILE"), "utf8").trim(),
  };
}

function need(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value !== undefined && value !== "") return value;
  throw new Error(`${name} is not set; see examples/deploy/README.md`);
}
