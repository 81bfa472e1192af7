import { DAY, HOUR, MINUTE, resolvePolicy } from "@garim/policy";
import { afterAll, describe, expect, it } from "vitest";
import { handClock, KEYS, NOON } from "../../../test/people.ts";
import { startDatabases } from "../../../test/tool-stores.ts";
import {
  APPLICATION,
  breakable,
  OPERATOR,
  OWNER,
  someGrant,
  startToolNode,
  type ToolNode,
} from "../../../test/tools.ts";
import type { StateDatabase } from "../../state/database.ts";
import { createGrantUses } from "../uses/uses.ts";
import type { ToolEvent } from "./event.ts";
import type { Post } from "./post.ts";
import { createToolEvents, type ToolEvents, type ToolEventsOptions } from "./tool-events.ts";
import { verifyWebhook } from "./webhook.ts";

const policy = resolvePolicy();
/** Never by itself, within a test. */
const NEVER = 2 ** 30;

interface TellingNode extends ToolNode {
  readonly events: ToolEvents;
  readonly heard: ToolEvent[];
  readonly posts: Post[];
  readonly faults: unknown[];
}

for (const database of await startDatabases())
  describe(`createToolEvents on ${database.name}`, () => {
    afterAll(() => database.stop());

    async function start(
      on: StateDatabase,
      clock: () => number,
      more: Partial<ToolEventsOptions> = {},
    ): Promise<TellingNode> {
      const node = await startToolNode(on, { clock, pollMs: 20 });
      const [heard, posts, faults]: [ToolEvent[], Post[], unknown[]] = [[], [], []];
      const events = await createToolEvents({
        ...node,
        database: on,
        tokenKeys: node.keys,
        uses: createGrantUses({ database: on, clock, flushMs: NEVER }),
        policy,
        keys: KEYS,
        record: async () => undefined,
        clock,
        tickMs: NEVER,
        onEvent: (event) => void heard.push(event),
        onFault: (error) => void faults.push(error),
        post: async (post) => {
          posts.push(post);
          return 204;
        },
        ...more,
      });
      return { ...node, events, heard, posts, faults };
    }

    async function stop(...nodes: readonly TellingNode[]): Promise<void> {
      for (const { events, follower } of nodes) {
        await events.close();
        await follower.close();
      }
    }

    it("tells each event once, however many nodes look and how often", async () => {
      const clock = handClock();
      const nodes = [await start(database.nodes[0], clock), await start(database.nodes[1], clock)];
      const grant = await someGrant(nodes[0] as ToolNode);
      await nodes[0]?.grants.revoke(grant.id, OWNER);
      for (let round = 0; round < 4; round++) {
        if (round === 2) clock.now += policy.destroyDays * DAY;
        await Promise.all(nodes.map(({ follower }) => follower.refresh()));
        await Promise.all(nodes.map(({ events }) => events.tick()));
      }
      const heard = nodes.flatMap((node) => node.heard).filter(({ grantId }) => grantId === grant.id);
      expect(heard.map(({ type }) => type).toSorted()).toEqual(["grant.revoked", "purge.due"]);
      await stop(...nodes);
    });

    it("posts to a tool's webhook, signed with the secret it was shown, and to no other", async () => {
      const clock = handClock();
      const node = await start(database.nodes[0], clock);
      const { toolId } = await node.tools.apply(
        { ...APPLICATION, webhookUrl: "https://tool.example/hook" },
        null,
      );
      const secret = (await node.events.makeWebhookSecret(toolId, OPERATOR)) ?? "";
      expect(await node.events.makeWebhookSecret("nobody", OPERATOR)).toBeNull();
      const grant = await someGrant(node, { toolId });
      const others = await someGrant(node);
      for (const { id } of [grant, others]) await node.grants.revoke(id, OWNER);
      await node.events.tick();
      clock.now += policy.destroyDays * DAY;
      await node.events.tick();
      expect(node.posts.map(({ url }) => url)).toEqual(Array(2).fill("https://tool.example/hook"));
      const signedAt = [NOON, clock.now];
      for (const [i, { headers, body }] of node.posts.entries())
        expect(verifyWebhook(headers, body, [secret], signedAt[i] ?? 0)).toBe(true);
      expect(node.posts.map(({ body }) => JSON.parse(body).type)).toEqual(["grant.revoked", "purge.due"]);
      expect(JSON.parse(node.posts[0]?.body ?? "")).toEqual({
        type: expect.any(String),
        timestamp: expect.any(String),
        data: { sellerId: "seller-1", grantId: grant.id, purgeBy: new Date(NOON + 5 * DAY).toISOString() },
      });
      await stop(node);
    });

    it("asks once an hour what tools owe of orders, and tells the one that owes it once a day", async () => {
      const clock = handClock();
      let asked = 0;
      const dueAt = clock.now - DAY;
      const { toolId, sellerId } = { toolId: `t-${database.name}`, sellerId: "seller-1" };
      const debts = async () => {
        asked += 1;
        return [{ toolId, sellerId, dueAt }];
      };
      const node = await start(database.nodes[0], clock, { debts });
      for (let minute = 0; minute < 3 * 60; minute += 20, clock.now += 20 * MINUTE) await node.events.tick();
      expect(asked).toBe(3);
      clock.now += DAY;
      await node.events.tick();
      const heard = node.heard.filter((event) => event.toolId === toolId);
      expect(heard.map(({ type, data }) => [type, data])).toEqual(
        Array(2).fill(["purge.due", { purgeBy: new Date(dueAt).toISOString() }]),
      );
      await stop(node);
    });

    it("tries again what was not taken, later and later, for three days, and says so then", async () => {
      const clock = handClock();
      let tries = 0;
      const node = await start(database.nodes[0], clock, {
        onEvent: ({ type }) => {
          if (type !== "grant.revoked") return;
          tries += 1;
          throw new Error("the host is out");
        },
      });
      const grant = await someGrant(node);
      await node.grants.revoke(grant.id, OWNER);
      const triesAt: number[] = [];
      const step = () => (clock.now < NOON + 15 * MINUTE ? 5 * MINUTE : HOUR);
      for (; clock.now < NOON + 5 * DAY; clock.now += step()) {
        const before = tries;
        await node.events.tick();
        if (tries > before) triesAt.push(Math.round((clock.now - NOON) / MINUTE));
      }
      expect(triesAt).toHaveLength(10);
      expect(triesAt.slice(0, 3)).toEqual([0, 5, 10]);
      expect(node.faults).toEqual([new Error("the host is out")]);
      await stop(node);
    });

    it.each<[string, () => number]>([
      ["answers 500", () => 500],
      ["answers 301", () => 301],
      [
        "cannot be reached",
        () => {
          throw new Error("connect ECONNREFUSED");
        },
      ],
    ])(
      "posts again to a webhook that %s, signed anew, under the same id, until it is taken",
      async (_, fail) => {
        const clock = handClock();
        const posts: (Post & { readonly at: number })[] = [];
        const post = async (one: Post): Promise<number> => {
          posts.push({ ...one, at: clock.now });
          return posts.length < 3 ? fail() : 204;
        };
        const node = await start(database.nodes[0], clock, { post });
        const webhookUrl = "https://tool.example/hook";
        const { toolId } = await node.tools.apply({ ...APPLICATION, webhookUrl }, null);
        const secret = (await node.events.makeWebhookSecret(toolId, OPERATOR)) ?? "";
        const grant = await someGrant(node, { toolId });
        await node.grants.revoke(grant.id, OWNER);
        for (; clock.now < NOON + HOUR; clock.now += 5 * MINUTE) await node.events.tick();
        expect(posts.map(({ at }) => (at - NOON) / MINUTE)).toEqual([0, 5, 10]);
        expect(new Set(posts.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
        for (const { headers, body, at } of posts)
          expect(verifyWebhook(headers, body, [secret], at)).toBe(true);
        expect(node.faults).toEqual([]);
        await stop(node);
      },
    );

    it("leaves to another node what one took and did not tell", async () => {
      const clock = handClock();
      const [one, other] = [await start(database.nodes[0], clock), await start(database.nodes[1], clock)];
      const hanging = await start(database.nodes[0], clock, { onEvent: () => new Promise(() => undefined) });
      const grant = await someGrant(one);
      await one.grants.revoke(grant.id, OWNER);
      await hanging.follower.refresh();
      void hanging.events.tick().catch(() => undefined);
      await expect
        .poll(async () => {
          const { rows } = await database.nodes[1].query(
            "select count(*)::int as n from garim.outbox where tries > 0 and gone_at is null and body like $1",
            [`%${grant.id}%`],
          );
          return (rows[0] as { n: number }).n;
        })
        .toBeGreaterThan(0);
      clock.now += MINUTE;
      await other.events.tick();
      expect(other.heard.some(({ grantId }) => grantId === grant.id)).toBe(true);
      await stop(one, other);
      await hanging.follower.close();
    });

    it("looks by itself, says nothing of a database that is out, and tells when it is back", async () => {
      const clock = handClock();
      const { client, breakBy, asked } = breakable(database.nodes[0]);
      const node = await start(client, clock, { tickMs: 5 });
      breakBy(async () => Promise.reject(new Error("gone")));
      const before = asked();
      await expect.poll(asked).toBeGreaterThan(before + 20);
      breakBy(null);
      const grant = await someGrant(node);
      await node.grants.revoke(grant.id, OWNER);
      await expect.poll(() => node.heard.filter(({ grantId }) => grantId === grant.id)).toHaveLength(1);
      expect(node.faults).toEqual([]);
      await stop(node);
    });

    it("is told nothing more to a webhook that says it is gone", async () => {
      const clock = handClock();
      const posts: Post[] = [];
      const post = async (one: Post): Promise<number> => posts.push(one) && 410;
      const node = await start(database.nodes[0], clock, { post });
      const { toolId } = await node.tools.apply(
        { ...APPLICATION, webhookUrl: "https://tool.example/hook" },
        null,
      );
      await node.events.makeWebhookSecret(toolId, OPERATOR);
      await node.grants.revoke((await someGrant(node, { toolId })).id, OWNER);
      await node.events.tick();
      clock.now += DAY;
      await node.events.tick();
      expect(posts).toHaveLength(1);
      expect(node.faults).toEqual([]);
      await stop(node);
    });
  });
