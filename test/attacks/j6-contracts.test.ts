import type { PGlite } from "@electric-sql/pglite";
import { type Access, type AccessLog, createAccessLog, rightsHistory } from "@garim/audit";
import { createFollower, createGrants, type Follower, type Grants, type ToolChange } from "@garim/auth";
import { createRegister, type Keeper, type Register } from "@garim/duties";
import { DAY, decideGrant, kindSet, NO_KINDS, resolvePolicy } from "@garim/policy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSlowDatabase } from "../fixtures/slow-database.ts";

const NOON = Date.parse("2026-11-22T12:00:00+09:00");
const policy = resolvePolicy();
const KINDS = kindSet(["name", "phone"]);
const KEEPER: Keeper = {
  actor: { kind: "operator", id: "lee", sellerId: null },
  session: null,
  factor: null,
  origin: { ip: "127.0.0.1", agent: null },
  route: "test",
};

/** One node: its follower feeds grants and contracts alike. */
interface Node {
  readonly follower: Follower;
  readonly grants: Grants;
  readonly register: Register;
}

let database: PGlite;
let log: AccessLog;
let one: Node;
let other: Node;

beforeAll(async () => {
  database = await openSlowDatabase();
  const key = { id: "k", key: new Uint8Array(32).fill(7) };
  log = await createAccessLog({ database, keys: { all: () => [key] } });
  [one, other] = await Promise.all([start(), start()]);
});
afterAll(async () => {
  await Promise.all([one.follower.close(), other.follower.close()]);
  await log.close();
  await database.close();
});

async function start(): Promise<Node> {
  const append = (access: Access) => log.append(access);
  const follower = await createFollower({ database, monotonic: () => 0, clock: () => 0 });
  const ground = { database, follower, policy, clock: () => NOON };
  const record = (change: ToolChange) => append(accessOf(change));
  return {
    follower,
    grants: await createGrants({ ...ground, record }),
    register: await createRegister({ ...ground, append }),
  };
}

function accessOf({ at, action, by, toolId, sellerId, grantId, detail }: ToolChange): Access {
  const actor = { kind: "staff", id: by?.id ?? "", sellerId } as const;
  const target = { kind: "tool", id: toolId ?? "", sellerId } as const;
  const rest = { reason: null, purpose: null, surface: null, allowed: NO_KINDS, profile: null, records: [] };
  const inForce = { edition: policy.edition.id, overrides: {} };
  return {
    ...KEEPER,
    at,
    action,
    actor,
    target,
    outcome: "done",
    policy: inForce,
    ...rest,
    detail,
    grant: grantId ?? "",
  };
}

/** A tool with an agreement, a contract of each seller, and their grants. */
async function connect(
  toolId: string,
  contractEndsAt: number | null,
  ...sellers: readonly string[]
): Promise<void> {
  const dates = { signedAt: NOON - DAY, document: "archive/1" };
  const agreement = await one.register.putAgreement({ toolId, version: "1", endsAt: null, ...dates }, KEEPER);
  for (const sellerId of sellers) {
    const parties = { sellerId, toolId, tasks: ["송장 출력"], subProcessors: [] };
    const contract = await one.register.putContract({ ...parties, endsAt: contractEndsAt, ...dates }, KEEPER);
    const by = { kind: "staff", id: `owner-of-${sellerId}`, sellerId } as const;
    const scope = { kinds: KINDS, purposes: ["fulfilment"], states: ["open"], endsAt: null } as const;
    const made = await one.grants.make({ toolId, sellerId, ...scope, by, agreement, contract });
    if ("kind" in made) throw new Error(made.reason);
  }
  await other.follower.refresh();
}

/** What a node gives a tool of a seller's lines. */
function decide(node: Node, toolId: string, sellerId: string, now = NOON): string {
  const grant = node.grants.find(toolId, sellerId);
  const contracts = {
    agreement: node.register.agreement(toolId),
    contract: node.register.contract(sellerId, toolId),
  };
  const ask = { sellerId, toolId, purpose: "fulfilment", kinds: KINDS };
  return decideGrant(grant === null ? null : { ...grant, ...contracts }, ask, now, policy).reason;
}

describe("a tool whose contract is over", () => {
  it("[J6] reads nothing of that seller on any node, and goes on for the others", async () => {
    await connect("tool-1", null, "S1", "S2");
    expect([decide(one, "tool-1", "S1"), decide(other, "tool-1", "S1")]).toEqual(["granted", "granted"]);
    await other.register.endContract("S1", "tool-1", KEEPER);
    await one.follower.refresh();
    for (const node of [one, other]) {
      expect(decide(node, "tool-1", "S1")).toBe("contract-ended");
      expect(decide(node, "tool-1", "S2")).toBe("granted");
    }
  });

  it("[J6] reads nothing of anybody once its agreement is ended", async () => {
    await connect("tool-2", null, "S1", "S2");
    await other.register.endAgreement("tool-2", KEEPER);
    await one.follower.refresh();
    for (const sellerId of ["S1", "S2"]) expect(decide(one, "tool-2", sellerId)).toBe("contract-ended");
  });

  it("[J6] reads to the last millisecond of it, and no longer though another is signed", async () => {
    const end = NOON + 3 * DAY;
    await connect("tool-3", end, "S1");
    expect(decide(other, "tool-3", "S1", end - 1)).toBe("granted");
    expect(decide(other, "tool-3", "S1", end)).toBe("contract-ended");
    const parties = { sellerId: "S1", toolId: "tool-3", tasks: ["송장 출력"], subProcessors: [] };
    const dates = { signedAt: NOON, endsAt: null, document: "archive/2" };
    await other.register.putContract({ ...parties, ...dates }, KEEPER);
    await one.follower.refresh();
    expect(decide(one, "tool-3", "S1", end - 1)).toBe("granted");
    expect(decide(one, "tool-3", "S1", end)).toBe("grant-ended");
  });

  it("[B1] has nothing of a seller who signed, and never granted", async () => {
    await connect("tool-4", null, "S1");
    const parties = { sellerId: "S3", toolId: "tool-4", tasks: ["송장 출력"], subProcessors: [] };
    const dates = { signedAt: NOON, endsAt: null, document: "archive/3" };
    await one.register.putContract({ ...parties, ...dates }, KEEPER);
    expect(decide(one, "tool-4", "S3")).toBe("grant-missing");
  });

  it("stands in the history of rights, with every step to it", async () => {
    await connect("tool-5", null, "S1");
    await one.register.endContract("S1", "tool-5", KEEPER);
    const { entries } = await log.find({ ...rightsHistory().filter, target: "tool-5" });
    expect(entries.map(({ access }) => access.action)).toEqual([
      "end-contract",
      "grant-tool",
      "put-contract",
      "put-agreement",
    ]);
  });
});
