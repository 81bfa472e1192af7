import { randomUUID } from "node:crypto";
import type { Access, AccessLog } from "@garim/audit";
import { DAY, GarimError, resolvePolicy } from "@garim/policy";
import type {
  Agreement,
  Contract,
  DutyDatabase,
  FollowedRoom,
  FollowerPort,
  Keeper,
  Register,
} from "../src/index.ts";
import { createRegister } from "../src/index.ts";

export const NOON: number = Date.parse("2026-11-22T12:00:00+09:00");

/** A follower that asks when the test says so, and never by itself. */
export interface HandFollower extends FollowerPort {
  refresh(): Promise<void>;
  /** Whether copies count as stale. */
  isStale: boolean;
}

export function handFollower(): HandFollower {
  const seen = new Map<FollowedRoom, number>();
  const follower: HandFollower = {
    isStale: false,
    async follow(room) {
      seen.set(room, await room.load(null));
      return { check };
    },
    async refresh() {
      for (const [room, version] of seen) seen.set(room, await room.load(version));
    },
  };
  function check(): void {
    if (follower.isStale) throw new GarimError("ERR_GARIM_STATE_UNAVAILABLE", "stale");
  }
  return follower;
}

/** One node's register, and what it put on record. */
export interface KeptRegister {
  readonly register: Register;
  readonly follower: HandFollower;
  readonly accesses: Access[];
  /** What `append` does before it takes a record. */
  onAppend: () => void;
}

export async function openTestRegister(
  database: DutyDatabase,
  clock: () => number = () => NOON,
): Promise<KeptRegister> {
  const follower = handFollower();
  const accesses: Access[] = [];
  const append: AccessLog["append"] = async (access) => {
    kept.onAppend();
    accesses.push(access);
    return { seq: accesses.length, id: randomUUID() };
  };
  const options = { database, follower, append, policy: resolvePolicy(), clock };
  const kept = { register: await createRegister(options), follower, accesses, onAppend: () => undefined };
  return kept;
}

export const KEEPER: Keeper = {
  actor: { kind: "operator", id: "lee", sellerId: null },
  session: "f00d",
  factor: { method: "totp", at: NOON },
  origin: { ip: "203.0.113.9", agent: null },
  route: "POST /tools/:id/agreement",
};

export function someAgreement(more: Partial<Agreement> = {}): Agreement {
  const dates = { signedAt: NOON - DAY, endsAt: NOON + 365 * DAY };
  return { toolId: randomUUID(), version: "2026-10", document: "archive/17", ...dates, ...more };
}

export function someContract(more: Partial<Contract> = {}): Contract {
  const dates = { signedAt: NOON - DAY, endsAt: NOON + 365 * DAY };
  const parties = { sellerId: "seller-1", toolId: randomUUID() };
  const subProcessors = [{ name: "Cloud Co", task: "hosting", country: "KR" }];
  return { ...parties, tasks: ["송장 출력"], subProcessors, document: "archive/18", ...dates, ...more };
}
