import { randomUUID } from "node:crypto";
import type { StaffIdentity } from "@garim/policy";
import { generateSync } from "otplib";
import type { SecretKeys } from "../src/index.ts";

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

/** What the authenticator app shows at a moment. */
export function codeAt(secret: string, now: number): string {
  return generateSync({ secret, epoch: Math.floor(now / 1_000) });
}

export const KEYS: SecretKeys = { all: () => [{ id: "k1", key: new Uint8Array(32).fill(7) }] };

/** Starts all at once and waits for all. */
export function race<T>(count: number, start: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => start(index)));
}
