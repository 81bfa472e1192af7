import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { TOP } from "../workspace.ts";

const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), "garim-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a built command until it ends, or says that it is ready: then it is looked at, and asked to stop. */
async function run(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  { said = /^ready /m, look = async (_out: string): Promise<void> => undefined } = {},
): Promise<Ended> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(TOP, script), ...args], { env: { ...inherited, ...env } });
  let out = "";
  let err = "";
  let isReady = false;
  child.stdout.on("data", (chunk) => {
    out += chunk;
    if (isReady || !said.test(out)) return;
    isReady = true;
    void look(out)
      .catch((error) => (err += `${error}\n`))
      .finally(() => child.kill("SIGTERM"));
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, "exit");
  return { code, out, err: withoutNotices(err) };
}

/** Lines that are no errors: of the embedded database and fresh keys, and that `oidc-provider` would rather have Node 22. */
const NOTICES = ["garim: ", "oidc-provider WARNING: Unsupported runtime"];

function withoutNotices(err: string): string {
  return err
    .split("\n")
    .filter((line) => line !== "" && !NOTICES.some((notice) => line.startsWith(notice)))
    .join("\n");
}

const MARKET = "examples/marketplace/dist/main.js";

async function busyPort(): Promise<{ port: number; close: () => void }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
}

describe("npm start", { timeout: 2 * MINUTE }, () => {
  it("says where the market and the tool beside it are and how to try them, and ends both when asked to", async () => {
    let tool = "";
    const pages: string[] = [];
    const look = async (out: string): Promise<void> => {
      [, tool = ""] = /^a seller tool runs at (\S+)/m.exec(out) ?? [];
      const [, market = ""] = /^ready (\S+)$/m.exec(out) ?? [];
      for (const url of [tool, `${market}/oauth/.well-known/oauth-authorization-server`])
        pages.push(await (await fetch(url)).text());
    };
    const args = ["--port", "0", "--data", join(folder, "market"), "--fresh"];
    // What it builds is built.
    const env = { GARIM_IS_BUILT: "1" };
    const { code, out, err } = await run("examples/start.mjs", args, env, { said: /^ {2}3\. /m, look });
    expect(out).toMatch(/^ready http:\/\/localhost:\d+\n/);
    for (const word of ["dasom-owner", "operator", "auditor", "buyer-1", "garim-demo", "Connect a seller"])
      expect(out).toContain(word);
    expect(pages).toEqual([
      expect.stringContaining("판매자 연결하기"),
      expect.stringContaining("pushed_authorization_request_endpoint"),
    ]);
    expect([code, err]).toEqual([0, ""]);
    await expect(fetch(tool)).rejects.toThrow();
    // The tool keeps its things apart.
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(["market", "seller-tool"]));
  });

  it("has one clear line and exit code 1 for a busy port", async () => {
    const { port, close } = await busyPort();
    // The database that is there already: making another takes seconds.
    const { code, err } = await run(MARKET, ["--port", String(port), "--data", join(folder, "market")]);
    close();
    expect([code, err]).toEqual([1, expect.stringMatching(new RegExp(`^Port ${port} is in use: .*--port`))]);
    expect(err).not.toContain("\n");
  });

  it.each([
    ["a folder it may not write to", ["--data", "/proc/garim"], /\/proc\/garim/],
    ["a file that is not there", ["--orders", join(folder, "none.json")], /none\.json/],
    ["an unknown option", ["--prot", "1"], /--prot/],
    ["a port that is none", ["--port", "99999"], /99999/],
  ])("has one clear line and exit code 1 for %s", async (_, args, words) => {
    const { code, err, out } = await run(MARKET, ["--data", join(folder, "bad"), ...args]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(words);
    expect(err).not.toContain("\n");
  });

  it("has one clear line and exit code 1 for a database that is not there", async () => {
    const env = { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" };
    const { code, err } = await run(MARKET, ["--data", join(folder, "remote")], env);
    expect([code, err]).toEqual([1, expect.stringMatching(/DATABASE_URL/)]);
    expect(err).not.toContain("\n");
  });

  it("names the bad lines of somebody's orders, and loads nothing by halves", async () => {
    const file = join(folder, "orders.ndjson");
    const good = { orderNo: "1", lineNo: 1, seller: "s", buyer: "b" };
    writeFileSync(file, `${JSON.stringify(good)}\n{"orderNo":"2","paidAt":"2026-11-22T10:00:00"}\n`);
    const { code, err } = await run(MARKET, ["--data", join(folder, "own"), "--orders", file]);
    expect(code).toBe(1);
    expect(err).toMatch(/2.*paidAt.*zone/);
  });
});

describe("npm run tour", { timeout: 2 * MINUTE }, () => {
  it("plays the whole story", async () => {
    const { code, out, err } = await run("examples/tour/dist/main.js", []);
    expect(out).toContain("All of it is so.");
    expect([code, err]).toEqual([0, ""]);
  });
});
