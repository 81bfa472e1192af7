import { type Access, RIGHTS_ACTIONS } from "@garim/audit";
import { HOUR, resolvePolicy } from "@garim/policy";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { startDatabases } from "../../test/databases.ts";
import { type HandFollower, handFollower, KEEPER, NOON } from "../../test/keeping.ts";
import type { Elevation, ElevationInput, Elevations } from "../index.ts";
import { createElevations } from "../index.ts";

// Begun here, not in a hook: one that is missing is named by whoever starts it, and nothing is left out in silence.
const databases = await startDatabases();
afterAll(async () => {
  await Promise.all(databases.map((one) => one.stop()));
});

const OWNER = { ...KEEPER, actor: { kind: "staff", id: "anna", sellerId: "S1" } } as const;
const kim = { ...KEEPER, actor: { kind: "staff", id: "kim", sellerId: "S1" } } as const;

interface Node {
  readonly elevations: Elevations;
  readonly follower: HandFollower;
}

describe.each(databases)("elevations on $name", (database) => {
  let nodes: readonly [Node, Node];
  let now = NOON;
  let accesses: Access[];
  let person = 0;

  beforeEach(async () => {
    accesses = [];
    now = NOON;
    person++;
    const open = async (index: 0 | 1): Promise<Node> => {
      const follower = handFollower();
      const append = async (access: Access) => {
        accesses.push(access);
        return { seq: 1, id: "x" };
      };
      const options = { database: database.nodes[index], follower, append, policy: resolvePolicy() };
      return { elevations: await createElevations({ ...options, clock: () => now }), follower };
    };
    nodes = [await open(0), await open(1)];
  });

  const input = (more: Partial<ElevationInput> = {}): ElevationInput => ({
    sellerId: "S1",
    staffId: `kim-${database.name}-${person}`,
    roles: ["downloader"],
    hours: 2,
    why: "택배 마감",
    ...more,
  });
  const rolesOn = (index: 0 | 1): readonly string[] => {
    const { sellerId, staffId } = input();
    return nodes[index].elevations.rolesOf(sellerId, staffId, now);
  };
  const ask = async (more: Partial<ElevationInput> = {}): Promise<Elevation> => {
    const asked = await nodes[0].elevations.ask(input(more), kim);
    if ("kind" in asked) throw new Error(asked.reason);
    return asked;
  };

  it("[garim/elevation] lends a role on every node once another person agreed, and ends it on every node by itself", async () => {
    const asked = await ask();
    expect(rolesOn(0)).toEqual([]);
    await nodes[1].follower.refresh();
    expect(await nodes[1].elevations.approve(asked, OWNER)).toMatchObject({ approvedBy: "staff anna" });
    await nodes[0].follower.refresh();
    expect([rolesOn(0), rolesOn(1)]).toEqual([["downloader"], ["downloader"]]);
    now += 2 * HOUR;
    expect([rolesOn(0), rolesOn(1)]).toEqual([[], []]);
    expect(nodes[1].elevations.of("S1", asked.staffId, now)).toMatchObject({ state: "ended", endsAt: now });
  });

  it("is on record with who asked, who agreed and until when, in the history of rights", async () => {
    const asked = await ask();
    await nodes[0].elevations.approve(asked, OWNER);
    await nodes[0].elevations.end(asked, kim);
    expect(accesses.map(({ action, actor, target }) => [action, actor.id, target?.id])).toEqual([
      ["ask-elevation", "kim", asked.staffId],
      ["approve-elevation", "anna", asked.staffId],
      ["end-elevation", "kim", asked.staffId],
    ]);
    expect(accesses[1]?.detail).toMatchObject({
      roles: "downloader",
      why: "택배 마감",
      until: new Date(NOON + 2 * HOUR).toISOString(),
    });
    expect(RIGHTS_ACTIONS).toEqual(expect.arrayContaining(accesses.map(({ action }) => action)));
  });

  it("takes nobody's own consent, none of another seller's, none of an auditor's, and none twice", async () => {
    const asked = await ask();
    const { elevations } = nodes[0];
    const as = (kind: "staff" | "auditor", id: string, sellerId: string | null) => ({
      ...KEEPER,
      actor: { kind, id, sellerId },
    });
    for (const [keeper, reason] of [
      [as("staff", asked.staffId, "S1"), "own-account"],
      [as("staff", "zoe", "S2"), "other-seller"],
      [as("auditor", "kim", null), "role-lacks-action"],
    ] as const)
      expect(await elevations.approve(asked, keeper)).toMatchObject({ reason });
    expect(rolesOn(0)).toEqual([]);
    expect(await elevations.approve({ ...asked, id: "other" }, OWNER)).toMatchObject({
      reason: "elevation-ended",
    });
    await elevations.approve(asked, OWNER);
    now += HOUR;
    expect(await elevations.approve(asked, OWNER)).toMatchObject({ reason: "elevation-ended" });
    expect(accesses.filter(({ action }) => action === "approve-elevation")).toHaveLength(1);
  });

  it("gives nothing where it cannot be recorded, and nothing once it was declined or waited too long", async () => {
    const asked = await ask();
    const { elevations } = nodes[0];
    const push = accesses.push.bind(accesses);
    accesses.push = () => {
      throw new Error("the log is out");
    };
    await expect(elevations.approve(asked, OWNER)).rejects.toThrow("the log is out");
    expect(rolesOn(0)).toEqual([]);
    accesses.push = push;
    await elevations.end(asked, OWNER);
    expect(await elevations.approve(asked, OWNER)).toMatchObject({ reason: "elevation-ended" });
    const late = await ask();
    now += 24 * HOUR;
    expect(await elevations.approve(late, OWNER)).toMatchObject({ reason: "elevation-ended" });
    expect(await elevations.end(late, OWNER)).toMatchObject({ reason: "elevation-ended" });
  });

  it("does not bring back on another node what was ended there meanwhile", async () => {
    const asked = await ask();
    await nodes[1].follower.refresh();
    await nodes[0].elevations.end(asked, OWNER);
    expect(await nodes[1].elevations.approve(asked, OWNER)).toMatchObject({ reason: "elevation-ended" });
    await nodes[0].follower.refresh();
    expect([rolesOn(0), rolesOn(1)]).toEqual([[], []]);
  });

  it("refuses roles that manage, a second one while one is live, and what is half filled in", async () => {
    const { elevations } = nodes[0];
    expect(await elevations.ask(input({ roles: ["owner"] }), kim)).toMatchObject({
      reason: "elevation-role",
    });
    await elevations.approve(await ask(), OWNER);
    expect(await elevations.ask(input(), kim)).toMatchObject({ reason: "elevation-running" });
    for (const [more, member] of [
      [{ roles: [] }, "roles"],
      [{ hours: 0 }, "hours"],
      [{ hours: 9 }, "hours"],
      [{ why: " " }, "why"],
      [{ staffId: "" }, "staffId"],
    ] as const)
      await expect(elevations.ask(input(more), kim)).rejects.toThrow(member);
  });

  it("throws where this node's copy is stale", async () => {
    nodes[0].follower.isStale = true;
    expect(() => rolesOn(0)).toThrow("stale");
  });
});
