import { MINUTE } from "@garim/policy";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresOrSkip } from "../../../../test/services/postgres.ts";
import { OPERATOR, OWNER, someGrant, startToolNode, type ToolNode } from "../../test/tools.ts";

const server = await startPostgresOrSkip("grants through a killed PostgreSQL", { mustBeOwn: true });
const SIGNED = { signedAt: 0, endsAt: null };
const unavailable = expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" });

describe.skipIf(server === undefined)("a node whose database is killed", { timeout: 2 * MINUTE }, () => {
  const pools: pg.Pool[] = [];
  let one: ToolNode;
  let other: ToolNode;

  /** Real clocks: what is shown here is a matter of time. */
  function start(): Promise<ToolNode> {
    const pool = new pg.Pool({ connectionString: server?.url ?? "", max: 4, connectionTimeoutMillis: 1_000 });
    pools.push(pool.on("error", () => undefined));
    return startToolNode(pool, { clock: Date.now, monotonic: () => performance.now(), wall: Date.now });
  }

  beforeAll(async () => {
    [one, other] = [await start(), await start()];
  });
  afterAll(async () => {
    await Promise.all([one.follower.close(), other.follower.close()]);
    await Promise.all(pools.map((pool) => pool.end()));
    await server?.stop();
  });

  it("[J4] gives nothing a second later, and goes on by itself when it is back, with what it held", async () => {
    const grant = await someGrant(one, { agreement: SIGNED, contract: SIGNED });
    const key = await one.keys.rotate({ owner: "platform", by: OPERATOR });
    await other.follower.refresh();
    expect(other.keys.isLive(key.kid)).toBe(true);
    await server?.kill();
    for (const ask of [
      () => other.grants.find(grant.toolId, "seller-1"),
      () => other.keys.isLive(key.kid),
      () => other.tools.find("any"),
      () => other.issued.isRevoked("any"),
    ])
      await expect.poll(() => codeOf(ask), { timeout: 20_000 }).toBe("ERR_GARIM_STATE_UNAVAILABLE");
    await expect(one.grants.revoke(grant.id, OWNER)).rejects.toEqual(unavailable);
    await server?.restart();
    await expect
      .poll(() => one.grants.revoke(grant.id, OWNER).catch(() => null), { timeout: 60_000, interval: 250 })
      .toMatchObject({ id: grant.id, revokedAt: expect.any(Number) });
    await expect
      .poll(() => readOr(() => other.grants.find(grant.toolId, "seller-1")?.revokedAt), { timeout: 60_000 })
      .toEqual(expect.any(Number));
    expect(await other.follower.ready().then(() => other.keys.isLive(key.kid))).toBe(true);
  });
});

function codeOf(ask: () => unknown): unknown {
  try {
    ask();
    return "answered";
  } catch (error) {
    return (error as { readonly code?: unknown }).code;
  }
}

function readOr(ask: () => unknown): unknown {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
