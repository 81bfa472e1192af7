import { randomUUID } from "node:crypto";
import { kindsOf, type Policy } from "@garim/policy";
import type { StateDatabase } from "../state/database.ts";
import type { Worker } from "../worker.ts";
import { type ChangeSource, type RecordChange, type ToolAction, toolChange } from "./change.ts";
import type { Follower } from "./follower.ts";
import type { Grants, Narrowing, StoredGrant } from "./grant.ts";
import { createGrantIndex } from "./grant-index.ts";
import { openMirror } from "./mirror.ts";
import { isStanding, judgeRequest, narrowed } from "./scope.ts";

export interface GrantsOptions {
  /** A pool or PGlite; the tables are made by the follower. */
  readonly database: StateDatabase;
  readonly follower: Follower;
  readonly policy: Policy;
  readonly record: RecordChange;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
}

/** Opens the grants of a deployment. */
export async function createGrants(options: GrantsOptions): Promise<Grants> {
  const { database, follower, policy, record, clock = Date.now } = options;
  const index = createGrantIndex();
  const mirror = await openMirror<StoredGrant>({
    database,
    follower,
    room: "grants",
    keyOf: ({ toolId, sellerId }) => keyOf(toolId, sellerId),
    onValue: (next, before) => index.put(next, before),
    onReset: () => index.clear(),
  });

  const say = (action: ToolAction, { by, source }: Doer, grant: StoredGrant, more = {}): Promise<unknown> => {
    const detail = { ...describe(grant), ...more };
    return record(toolChange(action, by, clock(), { source: source ?? null, ...partsOf(grant), detail }));
  };

  /** Another node may have made it a moment ago. */
  async function findById(id: string, by: Worker): Promise<StoredGrant | undefined> {
    if (index.byId(id) === undefined) await follower.refresh();
    const grant = index.byId(id);
    return grant !== undefined && mayChange(by, grant) ? grant : undefined;
  }

  /** Changes a grant where it still is the pair's. */
  async function change(
    { id, toolId, sellerId }: StoredGrant,
    decide: (grant: StoredGrant) => StoredGrant | null,
  ): Promise<Changed> {
    const { grant, isChanged } = await mirror.change(keyOf(toolId, sellerId), (current) => {
      if (current?.id !== id) return { next: null, grant: null, isChanged: false };
      const next = decide(current);
      return { next, grant: next ?? current, isChanged: next !== null };
    });
    return { grant, isChanged };
  }

  return {
    find(toolId, sellerId) {
      mirror.check();
      return index.find(toolId, sellerId) ?? null;
    },
    all: () => mirror.values(),
    ofTool(toolId) {
      mirror.check();
      const now = clock();
      return index.ofTool(toolId).filter((grant) => isStanding(grant, now));
    },
    listOfSeller(sellerId) {
      mirror.check();
      return index.ofSeller(sellerId).toSorted((one, other) => other.grantedAt - one.grantedAt);
    },
    async make(request) {
      const now = clock();
      const endsAt = judgeRequest(request, now, policy);
      if (typeof endsAt !== "number") return endsAt;
      const { toolId, sellerId, kinds, purposes, states, by, source } = request;
      const scope = { kinds, purposes: [...purposes], states: [...states] };
      const grantedBy = { staffId: by.id };
      const id = randomUUID();
      const grant = { id, toolId, sellerId, ...scope, grantedAt: now, grantedBy, ...NEW, endsAt };
      const before = index.find(toolId, sellerId);
      await say("grant-tool", { by, source }, grant, before === undefined ? {} : { replaces: before.id });
      await mirror.change(keyOf(toolId, sellerId), () => ({ next: grant }));
      return grant;
    },
    async narrow(id, narrowing, by, source) {
      const found = await findById(id, by);
      if (found === undefined) return null;
      const { grant, isChanged } = await change(found, (one) => narrowStanding(one, narrowing, clock()));
      if (grant !== null && isChanged) await say("change-grant", { by, source }, grant);
      return grant;
    },
    async revoke(id, by, source) {
      const found = await findById(id, by);
      if (found === undefined) return null;
      const { grant } = await change(found, (one) =>
        one.revokedAt === null ? { ...one, revokedAt: clock() } : null,
      );
      // Also of one that was revoked before: that time the log may have been down.
      if (grant !== null) await say("revoke-grant", { by, source }, grant);
      return grant;
    },
  };
}

/** Who does something, and by which request. */
interface Doer {
  readonly by: Worker;
  readonly source: ChangeSource | undefined;
}

interface Changed {
  /** As it is now; `null` where the pair has another one. */
  readonly grant: StoredGrant | null;
  readonly isChanged: boolean;
}

function narrowStanding(grant: StoredGrant, narrowing: Narrowing, now: number): StoredGrant | null {
  return isStanding(grant, now) ? narrowed(grant, narrowing, now) : null;
}

const NEW = { changedAt: null, revokedAt: null } as const;

function keyOf(toolId: string, sellerId: string): string {
  return JSON.stringify([toolId, sellerId]);
}

/** Staff change what their own seller granted; the marketplace may end anything. */
function mayChange(by: Worker, grant: StoredGrant): boolean {
  return by.kind === "operator" || (by.kind === "staff" && by.sellerId === grant.sellerId);
}

function partsOf({ id, toolId, sellerId }: StoredGrant) {
  return { grantId: id, toolId, sellerId };
}

/** What stands in the log, so that the history of rights can be read from it alone. */
function describe(grant: StoredGrant): Readonly<Record<string, string | number>> {
  const { kinds, purposes, states, endsAt, revokedAt } = grant;
  const scope = { kinds: kindsOf(kinds).join(" "), purposes: purposes.join(" "), states: states.join(" ") };
  const end = { endsAt: new Date(endsAt).toISOString() };
  return {
    ...scope,
    ...end,
    ...(revokedAt === null ? {} : { revokedAt: new Date(revokedAt).toISOString() }),
  };
}
