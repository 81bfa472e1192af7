import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leftOut } from "../services/left-out.ts";
import { startPostgresOrSkip } from "../services/postgres.ts";
import { startRedisOrSkip } from "../services/redis.ts";
import { TOP } from "../workspace.ts";

const WHAT = "two nodes behind nginx";
const MINUTE = 60_000;
const START = join(TOP, "examples/deploy/dist/start.js");

const hasProxy = spawnSync("nginx", ["-v"]).status === 0 && spawnSync("openssl", ["version"]).status === 0;
if (!hasProxy) leftOut(WHAT, "nginx or openssl is not installed");
const postgres = hasProxy ? await startPostgresOrSkip(WHAT) : undefined;
const redis = hasProxy ? await startRedisOrSkip(WHAT) : undefined;

interface Ready {
  readonly origin: string;
  readonly certificate: string;
  readonly folder: string;
  /** Ids of their processes. */
  readonly nodes: readonly number[];
}

describe.skipIf(postgres === undefined || redis === undefined)(WHAT, { timeout: MINUTE }, () => {
  let child: ChildProcess;
  let ready: Ready;

  beforeAll(async () => {
    const env = { ...process.env, DATABASE_URL: postgres?.url, REDIS_URL: redis?.url };
    child = spawn(process.execPath, [START], { env, stdio: ["ignore", "pipe", "pipe"] });
    ready = await untilReady(child);
  }, 2 * MINUTE);

  afterAll(async () => {
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
    if (ready !== undefined) rmSync(ready.folder, { recursive: true, force: true });
    await Promise.all([postgres?.stop(), redis?.stop()]);
  });

  interface Asked {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly tls?: { readonly cert: string; readonly key: string };
  }

  /** Asks as a browser or a tool outside does: over TLS, at the proxy. */
  async function ask(
    path: string,
    { method = "GET", headers = {}, body, tls }: Asked = {},
  ): Promise<IncomingMessage> {
    const ca = readFileSync(ready.certificate, "utf8");
    const asked = request(`${ready.origin}${path}`, { method, headers, ca, agent: false, ...tls });
    asked.end(body);
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    return answer;
  }

  const jsonOf = async (answer: Promise<IncomingMessage>): Promise<Readonly<Record<string, unknown>>> =>
    JSON.parse(await text(await answer));

  it("is reached on both nodes", async () => {
    const names = new Set<unknown>();
    for (let i = 0; i < 8; i++) names.add((await jsonOf(ask("/whoami")))["node"]);
    expect(names).toEqual(new Set(["a", "b"]));
  });

  it("[P4] throws away what a client says of its address, name and certificate", async () => {
    const headers = {
      "x-forwarded-for": "203.0.113.66, 127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-host": "evil.example",
      "x-real-ip": "203.0.113.66",
      forwarded: "for=203.0.113.66",
      "x-client-cert": "-----BEGIN%20CERTIFICATE-----",
    };
    for (let i = 0; i < 2; i++)
      expect(await jsonOf(ask("/whoami", { headers }))).toEqual({
        node: expect.stringMatching(/^[ab]$/),
        ip: "127.0.0.1",
        protocol: "https",
        host: "127.0.0.1",
        certificate: null,
        realIp: null,
      });
  });

  it("[J5] passes on the certificate of the connection itself", async () => {
    const folder = join(ready.folder, "nginx");
    const tls = {
      cert: readFileSync(join(folder, "tls.pem"), "utf8"),
      key: readFileSync(join(folder, "tls.key"), "utf8"),
    };
    const { certificate } = await jsonOf(ask("/whoami", { tls, headers: { "x-client-cert": "made%20up" } }));
    expect(decodeURIComponent(String(certificate)).trim()).toBe(tls.cert.trim());
  });

  it("holds one log-in on either node, and asks for the second factor", async () => {
    const entered = await ask("/log-in", { method: "POST" });
    expect(entered.statusCode).toBe(204);
    entered.resume();
    const jar = new Map<string, string>();
    const keep = ({ headers }: IncomingMessage): void => {
      for (const cookie of headers["set-cookie"] ?? []) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        jar.set(name, value);
      }
    };
    keep(entered);
    for (let i = 0; i < 4; i++) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await ask("/orders", { headers: { cookie } });
      keep(answer);
      expect([answer.statusCode, JSON.parse(await text(answer))["reason"]]).toEqual([
        401,
        "second-factor-unenrolled",
      ]);
    }
    expect([...jar.keys()].some((name) => name.startsWith("__Host-"))).toBe(true);
  });

  it.each(["/events", "/tool/changes"])("sends the first bytes of %s before there are more", async (path) => {
    const answer = await ask(path);
    const [first] = (await once(answer, "data")) as [Buffer];
    expect(String(first)).toMatch(/first|"orderNo":"1"/);
    answer.destroy();
  });

  it("refuses a body that is too large before a node reads it, and takes one that is not", async () => {
    const ofSize = (bytes: number): Asked => ({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ orders: "x".repeat(bytes) }),
    });
    expect((await ask("/orders/import", ofSize(1_100_000))).statusCode).toBe(413);
    expect((await ask("/orders/import", ofSize(900_000))).statusCode).toBe(204);
  });

  it("keeps health for this machine, and its log without what stands after a question mark", async () => {
    expect((await ask("/health/ready")).statusCode).toBe(200);
    expect((await ask("/metrics")).statusCode).toBe(404);
    (await ask("/whoami?phone=010-5555-0001")).resume();
    const log = readFileSync(join(ready.folder, "nginx", "access.log"), "utf8");
    expect(log).toContain("GET /whoami 200");
    expect(log).not.toContain("010-5555");
  });

  it("passes over a node that is gone", async () => {
    const [first] = ready.nodes;
    if (first === undefined) throw new Error("no node was started");
    process.kill(first, "SIGKILL");
    const names = new Set<unknown>();
    for (let i = 0; i < 6; i++) names.add((await jsonOf(ask("/whoami")))["node"]);
    expect(names.size).toBe(1);
  });
});

async function untilReady(child: ChildProcess): Promise<Ready> {
  let out = "";
  let err = "";
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  const ended = once(child, "exit").then(() => Promise.reject(new Error(err)));
  ended.catch(() => undefined);
  const said = new Promise<Ready>((resolve) => {
    child.stdout?.on("data", (chunk) => {
      out += chunk;
      const [, origin, json] = /^ready (\S+)\n(\{.*\})\n/m.exec(out) ?? [];
      if (origin !== undefined && json !== undefined) resolve({ origin, ...JSON.parse(json) });
    });
  });
  return await Promise.race([said, ended]);
}
