import { PGlite } from "@electric-sql/pglite";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { handClock, NOON } from "../../test/people.ts";
import {
  breakable,
  OWNER,
  someGrant,
  startToolNode,
  type ToolNode,
  type ToolNodeOptions,
} from "../../test/tools.ts";
import type { StateDatabase } from "../state/database.ts";

const unavailable = expect.objectContaining({ code: "ERR_GARIM_STATE_UNAVAILABLE" });
/** Never by itself, within a test. */
const NEVER = 2 ** 30;

let database: PGlite;
const nodes: ToolNode[] = [];

beforeAll(async () => {
  database = await PGlite.create();
});
afterEach(async () => {
  await Promise.all(nodes.splice(0).map((node) => node.follower.close()));
});
afterAll(() => database.close());

async function start(options: ToolNodeOptions = {}, on: StateDatabase = database): Promise<ToolNode> {
  const node = await startToolNode(on, { pollMs: NEVER, ...options });
  nodes.push(node);
  return node;
}

describe("createFollower", () => {
  it.each(["monotonic", "wall"] as const)(
    "has copies used for a second after they were confirmed, by the %s clock",
    async (name) => {
      const clock = handClock();
      const wall = name === "wall" ? clock : () => 0;
      const { follower, grants } = await start({ monotonic: name === "wall" ? () => 0 : clock, wall });
      clock.now += 1_000;
      expect(grants.find("tool", "seller")).toBeNull();
      clock.now += 1;
      expect(() => grants.find("tool", "seller")).toThrow(unavailable);
      expect(() => grants.ofTool("tool")).toThrow(unavailable);
      expect(() => grants.listOfSeller("seller")).toThrow(unavailable);
      await follower.ready();
      expect(grants.find("tool", "seller")).toBeNull();
    },
  );

  it("[S7] is not made young by a wall clock that goes back", async () => {
    const [monotonic, wall] = [handClock(), handClock()];
    const { grants } = await start({ monotonic, wall });
    wall.now -= 3_600_000;
    monotonic.now += 1_001;
    expect(() => grants.find("tool", "seller")).toThrow(unavailable);
  });

  it("confirms as of when it asked, not of when the answer came", async () => {
    const monotonic = handClock();
    const { client, breakBy } = breakable(database);
    const { follower, grants } = await start({ monotonic, wall: () => 0 }, client);
    breakBy(async (ask) => {
      const answer = await ask();
      monotonic.now += 1_001;
      return answer;
    });
    await follower.refresh();
    expect(() => grants.find("tool", "seller")).toThrow(unavailable);
    await follower.ready();
    expect(() => grants.find("tool", "seller")).toThrow(unavailable);
    breakBy(null);
    await follower.ready();
    expect(grants.find("tool", "seller")).toBeNull();
  });

  it("asks nothing where its copies are fresh", async () => {
    const { client, breakBy, asked } = breakable(database);
    const { follower } = await start({ monotonic: () => 0, wall: () => 0 }, client);
    const before = asked();
    await follower.ready();
    expect(asked()).toBe(before);
    breakBy(async () => Promise.reject(new Error("gone")));
    await follower.ready();
  });

  it("asks once for all who wait, but not with a question from before", async () => {
    const { client, asked } = breakable(database);
    const { follower } = await start({}, client);
    const before = asked();
    await Promise.all(Array.from({ length: 60 }, () => follower.refresh()));
    expect(asked() - before).toBe(2);
  });

  it("asks nothing more for who wait while a question is under way that will do", async () => {
    const monotonic = handClock();
    const { client, breakBy, asked } = breakable(database);
    const { follower, grants } = await start({ monotonic }, client);
    monotonic.now += 1_001;
    const before = asked();
    await Promise.all(Array.from({ length: 60 }, () => follower.ready()));
    expect(asked() - before).toBe(1);
    monotonic.now += 1_001;
    let isLate = true;
    breakBy(async (ask) => {
      const answer = await ask();
      if (isLate) monotonic.now += 1_001;
      isLate = false;
      return answer;
    });
    await Promise.all(Array.from({ length: 60 }, () => follower.ready()));
    expect(asked() - before).toBe(3);
    expect(grants.find("tool", "seller")).toBeNull();
  });

  it("sees by itself what another node changed", async () => {
    const [one, other] = [await start(), await start({ pollMs: 10 })];
    const grant = await someGrant(one);
    await vi.waitFor(() => expect(other.grants.find(grant.toolId, "seller-1")).toEqual(grant));
  });

  it("tells once of a database that went away, and once of its coming back", async () => {
    const { client, breakBy } = breakable(database);
    const outages: unknown[] = [];
    const node = await start({ pollMs: 5, onOutage: (error) => outages.push(error) }, client);
    breakBy(async () => Promise.reject(new Error("connection terminated")));
    await vi.waitFor(() => expect(outages).toEqual([unavailable]));
    await expect(node.follower.refresh()).rejects.toEqual(unavailable);
    breakBy(null);
    await vi.waitFor(() => expect(outages).toEqual([unavailable, null]));
    expect(node.grants.find("tool", "seller")).toBeNull();
  });

  it("asks no more once it is closed", async () => {
    const { client, asked } = breakable(database);
    const node = await start({ pollMs: 1 }, client);
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(20));
    await node.follower.close();
    const after = asked();
    await database.query("select 1");
    expect(asked()).toBe(after);
  });

  it("begins anew where the database is an older one, as after a restore", async () => {
    const node = await start();
    const [kept, lost] = [await someGrant(node), await someGrant(node)];
    await node.follower.refresh();
    await database.query("delete from garim.entry where key like $1", [`%${lost.toolId}%`]);
    await database.query("update garim.version set version = version - 1 where name = 'grants'");
    await node.follower.refresh();
    expect(node.grants.find(lost.toolId, "seller-1")).toBeNull();
    expect(node.grants.find(kept.toolId, "seller-1")).toEqual(kept);
    expect(node.grants.ofTool(lost.toolId)).toEqual([]);
  });

  it("is not set back by an answer that was overtaken", async () => {
    const { client, breakBy } = breakable(database);
    const [node, other] = [await start({}, client), await start()];
    const grant = await someGrant(other);
    await node.follower.refresh();
    await other.grants.narrow(grant.id, { kinds: 1 }, OWNER);
    let isHeld = false;
    breakBy(async (ask, text) => {
      const answer = await ask();
      if (!isHeld && text.includes("entry.version >")) {
        isHeld = true;
        await node.grants.revoke(grant.id, OWNER);
      }
      return answer;
    });
    await node.follower.refresh();
    expect(isHeld).toBe(true);
    expect(node.grants.find(grant.toolId, "seller-1")).toMatchObject({ kinds: 1, revokedAt: NOON });
    expect(node.grants.ofTool(grant.toolId)).toEqual([]);
  });

  it("[B1] takes no reply that belongs to another question, and hands nothing of it out", async () => {
    const { client, breakBy } = breakable(database);
    const node = await start({}, client);
    const grant = await someGrant(await start());
    let late: unknown;
    breakBy(async (ask) => {
      const reply = late ?? (await ask());
      late = await ask();
      return reply;
    });
    await node.follower.refresh().catch(() => undefined);
    await expect(node.follower.refresh()).rejects.toEqual(unavailable);
    await expect(node.issued.isIssued("any")).rejects.toEqual(unavailable);
    breakBy(async () => ({ rows: [] }));
    await expect(node.follower.refresh()).rejects.toEqual(unavailable);
    breakBy(null);
    await node.follower.refresh();
    expect(node.grants.find(grant.toolId, "seller-1")).toEqual(grant);
  });

  it("[B1] takes no grant that is stored under another seller's key", async () => {
    const node = await start();
    const { toolId } = await someGrant(node);
    const key = JSON.stringify([toolId, "seller-2"]);
    await database.query("update garim.version set version = version + 1 where name = 'grants'");
    await database.query(
      `insert into garim.entry select room, $1::text, value, (select version from garim.version where name = 'grants')
       from garim.entry where key = $2::text`,
      [key, JSON.stringify([toolId, "seller-1"])],
    );
    await expect(node.follower.refresh()).rejects.toThrow("another key");
    await database.query("delete from garim.entry where key = $1", [key]);
    await node.follower.refresh();
  });
});
