import { PGlite } from "@electric-sql/pglite";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { startRedisOrSkip } from "../../../../test/services/redis.ts";
import { connectIoredis, connectNodeRedis } from "../../../../test/services/redis-clients.ts";
import { APPLICATION, OPERATOR, startToolNode, type ToolNode } from "../../test/tools.ts";
import type { RedisClient } from "./redis-client.ts";
import { openRedisHints, type RedisHints } from "./redis-hints.ts";

const server = await startRedisOrSkip("hints over Redis", { mustBeOwn: true });
/** Never by itself, within a test. */
const NEVER = 2 ** 30;

describe.skipIf(server === undefined)("openRedisHints", async () => {
  const url = server?.url ?? "";
  const [node, io] = [await connectNodeRedis(url), await connectIoredis(url)];
  const open: RedisHints[] = [];

  afterEach(() => {
    for (const hints of open.splice(0)) hints.close();
  });
  afterAll(async () => {
    await Promise.all([node.close(), io.close()]);
    await server?.stop();
  });

  async function start(client: RedisClient, hear: () => void = () => undefined): Promise<RedisHints> {
    const hints = await openRedisHints(client, hear);
    open.push(hints);
    return hints;
  }

  const LIBRARIES: readonly (readonly [string, RedisClient, RedisClient])[] = [
    ["redis, told by ioredis", node.client, io.client],
    ["ioredis, told by redis", io.client, node.client],
  ];

  it.each(LIBRARIES)("has a node hear what another tells, and not itself: %s", async (_, own, others) => {
    const [hear, hearOther] = [vi.fn(), vi.fn()];
    const [one, other] = [await start(own, hear), await start(others, hearOther)];
    one.tell();
    await vi.waitFor(() => expect(hearOther).toHaveBeenCalledOnce());
    // What Redis sent to both is read by the time it has answered further questions.
    for (let i = 0; i < 5; i++) await node.client.sendCommand(["PING"]);
    expect(hear).not.toHaveBeenCalled();
    other.tell();
    await vi.waitFor(() => expect(hear).toHaveBeenCalledOnce());
    expect(hearOther).toHaveBeenCalledOnce();
  });

  it.each(LIBRARIES)("hears again after its connection was cut: %s", async (_, own, others) => {
    const hear = vi.fn();
    await start(own, hear);
    const other = await start(others);
    await node.client.sendCommand(["CLIENT", "KILL", "TYPE", "pubsub"]);
    await vi.waitFor(() => {
      other.tell();
      expect(hear).toHaveBeenCalled();
    });
  });

  it("tells, and hears nothing, by a client that is a function; and fails by none", async () => {
    const [hear, sent] = [vi.fn(), vi.fn()];
    const deaf = await start((args) => {
      sent(args[0]);
      return Promise.reject(new Error("NOPERM"));
    }, hear);
    deaf.tell();
    expect(sent).toHaveBeenCalledWith("PUBLISH");
    (await start(io.client)).tell();
    await new Promise((resolve) => setImmediate(resolve));
    expect(hear).not.toHaveBeenCalled();
  });

  it("[J3] has a node know a change at once which it would find out by asking much later", async () => {
    const database = await PGlite.create();
    const nodes: ToolNode[] = [];
    try {
      const told = await start(node.client);
      const one = await startToolNode(database, { pollMs: NEVER, onChange: told.tell });
      const other = await startToolNode(database, { pollMs: NEVER });
      nodes.push(one, other);
      await start(io.client, () => void other.follower.refresh());
      const { toolId } = await one.tools.apply(APPLICATION, OPERATOR);
      await vi.waitFor(() => expect(other.tools.find(toolId)).not.toBeNull());
    } finally {
      await Promise.all(nodes.map(({ follower }) => follower.close()));
      await database.close();
    }
  });
});
