import { randomBytes } from "node:crypto";
import type { Access, PseudonymKeys, RecordedDisclosure } from "@garim/audit";
import { ALL_KINDS, decideDisclosure, resolvePolicy, subject } from "@garim/policy";
import { NOW } from "../orders.ts";

/** Orders on a page. */
export const PAGE = 20;

const KEY = randomBytes(32);
export const KEYS: PseudonymKeys = { all: () => [{ id: "bench", key: KEY }] };
const POLICY = resolvePolicy({});

/** A view of a page, half of its orders confirmed; other buyers on other pages. */
export function viewOf(page: number): Access {
  return {
    at: NOW,
    actor: { kind: "staff", id: `staff-${page}`, sellerId: `seller-${page % 16}` },
    session: `session-${page}`,
    factor: { method: "totp", at: NOW - 600_000 },
    origin: {
      ip: `203.0.113.${page}`,
      agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0",
    },
    action: "view",
    outcome: "disclosed",
    reason: null,
    route: "GET /orders",
    purpose: "fulfilment",
    policy: { edition: POLICY.edition.id, overrides: POLICY.overrides },
    surface: "view",
    allowed: ALL_KINDS,
    profile: "pipc",
    records: Array.from({ length: PAGE }, (_, i) => recordOf(page * PAGE + i)),
  };
}

function recordOf(i: number): RecordedDisclosure {
  const paidAt = NOW - 20 * 86_400_000 + i * 61_013;
  const purposeEndedAt = i % 2 === 0 ? null : paidAt + 86_400_000;
  const lines = [{ paidAt, deliveredAt: NOW - 3_600_000, purposeEndedAt, claims: [] }];
  const facts = { lines, surface: "view", allowed: ALL_KINDS, secondFactorAt: NOW - 600_000 } as const;
  return {
    schema: "order",
    subjects: [subject.buyer(`b-${i}`), subject.phone(`010-1234-${String(i).padStart(4, "0")}`)],
    lines,
    disclosure: decideDisclosure(facts, NOW, POLICY),
  };
}
