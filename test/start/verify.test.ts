import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createAccessLog, ed25519Signer, filePlace } from "@garim/audit";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOG_IN } from "../../packages/cli/test/records.ts";
import { startPostgresOrSkip } from "../services/postgres.ts";
import { TOP } from "../workspace.ts";

const MINUTE = 60_000;
const MAIN = join(TOP, "packages/cli/dist/main.js");
const ORIGIN = "shop.example/access-log";
const SIGNER = ed25519Signer(ORIGIN, new Uint8Array(32).fill(1));
const RECORDS = 2_000;

const folder = mkdtempSync(join(tmpdir(), "garim-start-verify-"));
const place = join(folder, "checkpoints");
const postgres = await startPostgresOrSkip("garim verify with workers");
const pool = new Pool({ connectionString: postgres?.url, max: 4 });
pool.on("error", () => undefined);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

function start(...args: readonly string[]): ReturnType<typeof spawn> {
  const all = [MAIN, "verify", "--place", place, "--key", SIGNER.verifierKey, "--lang", "en", ...args];
  return spawn(process.execPath, all, {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: postgres?.url },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function verify(...args: readonly string[]): Promise<Ended> {
  const child = start(...args);
  if (child.stdout === null || child.stderr === null) throw new Error("nothing to read");
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, out, said };
}

describe.skipIf(postgres === undefined)("garim verify, built", { timeout: 3 * MINUTE }, () => {
  beforeAll(async () => {
    const keys = { all: () => [{ id: "2026-11", key: new Uint8Array(32).fill(7) }] };
    const seal = { origin: ORIGIN, signers: { all: () => [SIGNER] }, places: [filePlace(place)] };
    const log = await createAccessLog({ database: pool, keys, seal, timeoutMs: MINUTE });
    await Promise.all(Array.from({ length: RECORDS }, () => log.append(LOG_IN)));
    await log.close();
  }, MINUTE);
  afterAll(async () => {
    await pool.end();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(["0", "1", "3"])("comes to the same verdict with %s workers", async (workers) => {
    const ended = await verify("--workers", workers, "--json");
    expect(ended).toMatchObject({ code: 0, said: "" });
    expect(JSON.parse(ended.out)).toMatchObject({ isIntact: true, proven: { records: RECORDS } });
  });

  it("goes on after it was killed", async () => {
    const state = join(folder, "verify.state");
    const child = start("--state", state);
    const closed = once(child, "close");
    await expect.poll(() => existsSync(state)).toBe(true);
    child.kill("SIGKILL");
    await closed;
    expect(JSON.parse(readFileSync(state, "utf8"))).toMatchObject({ version: 1 });
    const ended = await verify("--state", state, "--resume", "--json");
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({ isIntact: true, proven: { records: RECORDS } });
  });

  it("[A4] names what was changed, whichever worker sees it", async () => {
    await pool.query("update garim.log_record set actor = 'somebody' where seq in (7, 1993)");
    const { code, out } = await verify("--workers", "2", "--json");
    expect(code).toBe(3);
    expect(JSON.parse(out).damages).toMatchObject([
      { kind: "column", seq: 7 },
      { kind: "column", seq: 1993 },
    ]);
  });

  it("says in one line what a worker met", async () => {
    await pool.query("create user blind password 'blind'");
    await pool.query("grant usage on schema garim to blind");
    await pool.query("grant select on garim.log_version, garim.log_head to blind");
    const url = new URL(postgres?.url ?? "");
    url.username = "blind";
    url.password = "blind";
    const env = { ...process.env, DATABASE_URL: url.href };
    const args = [MAIN, "verify", "--place", place, "--key", SIGNER.verifierKey];
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
    const [said] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect([child.exitCode, said.split("\n").length]).toEqual([2, 2]);
    expect(said).not.toContain("blind'");
  });
});
