import { randomUUID } from "node:crypto";
import type { StaffIdentity } from "@garim/policy";
import { generateSync } from "otplib";
import type { FactorMethod, SecretKeys, Session } from "../src/index.ts";

/** A moment at the start of a code's period. */
export const NOON: number = Date.parse("2026-11-22T12:00:00+09:00");

/** A clock that tests set by hand. */
export interface HandClock {
  (): number;
  now: number;
}

export function handClock(now: number = NOON): HandClock {
  const clock = (() => clock.now) as HandClock;
  clock.now = now;
  return clock;
}

/** A staff member nobody else has, logged in at noon. */
export function someStaff(more: Partial<StaffIdentity> = {}): StaffIdentity {
  const base = { kind: "staff", staffId: randomUUID(), sellerId: "seller-1", roles: ["shipper"] } as const;
  return { ...base, authenticatedAt: NOON, ...more };
}

/** A session of a staff member as `sessions.check` gives it; nothing is proved in it. */
export function someSession({ staffId, sellerId }: StaffIdentity = someStaff()): Session {
  const name = randomUUID().replaceAll("-", "").slice(0, 16);
  const worker = { kind: "staff", id: staffId, sellerId } as const;
  const moments = { authenticatedAt: NOON, openedAt: NOON, lastActivityAt: NOON };
  const origins = { device: null, network: null, deviceSince: null, networkSince: null };
  return { name, worker, ...moments, ...origins, secondFactor: null, suspectedAt: null };
}

/** The session after a proof, as `sessions.raise` gives it: with a new name. */
export function raised(session: Session, at: number, method: FactorMethod = "totp"): Session {
  const name = randomUUID().replaceAll("-", "").slice(0, 16);
  return { ...session, name, secondFactor: { method, at } };
}

/** What the authenticator app shows at a moment. */
export function codeAt(secret: string, now: number): string {
  return generateSync({ secret, epoch: Math.floor(now / 1_000) });
}

export const KEYS: SecretKeys = { all: () => [{ id: "k1", key: new Uint8Array(32).fill(7) }] };

/** Starts all at once and waits for all. */
export function race<T>(count: number, start: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => start(index)));
}
