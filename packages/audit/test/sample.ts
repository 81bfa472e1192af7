import {
  ALL_KINDS,
  DAY,
  decideDisclosure,
  type LineFacts,
  type Policy,
  resolvePolicy,
  type Subject,
  subject,
} from "@garim/policy";
import type { LogRow } from "../src/commit/batch.ts";
import type { Access, LoggedAccess, LoggedSubject, PseudonymKeys, RecordedDisclosure } from "../src/index.ts";
import { makePseudonym } from "../src/pseudonym.ts";

export const NOW: number = Date.parse("2026-11-20T14:03:00.123+09:00");
export const POLICY: Policy = resolvePolicy({ claimDays: 10 });

export const KEYS: PseudonymKeys = { all: () => [{ id: "2026-11", key: new Uint8Array(32).fill(7) }] };

const PAID = NOW - 60 * DAY;

/** Facts of line number `i` of a page: half of them confirmed, as in the field. */
export function sampleLine(i: number): LineFacts {
  const purposeEndedAt = i % 2 === 0 ? null : PAID + 20 * DAY + i * 1_007;
  return { paidAt: PAID + i * 61_013, deliveredAt: NOW - DAY - i * 7_919, purposeEndedAt, claims: [] };
}

/** An order of one line, with its two subjects, as it was decided. */
export function sampleOrder(i: number, line: LineFacts = sampleLine(i)): RecordedDisclosure {
  const facts = { lines: [line], surface: "view", allowed: ALL_KINDS, secondFactorAt: NOW - DAY } as const;
  return {
    schema: "orderLine",
    subjects: [subject.buyer(`b-${100_000 + i}`), subject.phone(`010-1234-${String(1_000 + i)}`)],
    lines: [line],
    disclosure: decideDisclosure(facts, NOW, POLICY),
  };
}

/** A view of a page of orders. */
export function samplePage(size: number, more: Partial<Access> = {}): Access {
  return {
    at: NOW,
    actor: { kind: "staff", id: "staff-17", sellerId: "seller-3" },
    session: "0f1e2d3c4b5a6978",
    factor: { method: "totp", at: NOW - DAY },
    origin: {
      ip: "203.0.113.7",
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
    records: Array.from({ length: size }, (_, i) => sampleOrder(i)),
    ...more,
  };
}

/** What the log should give back for an access. */
export function asLogged({ records, asked, ...access }: Access, keys: PseudonymKeys = KEYS): LoggedAccess {
  const logged = (one: Subject): LoggedSubject => loggedSubject(one, keys);
  return {
    ...access,
    records: records.map((record) => ({ ...record, subjects: record.subjects.map(logged) })),
    ...(asked === undefined || asked.length === 0 ? {} : { asked: asked.map(logged) }),
  };
}

function loggedSubject(subject: Subject, keys: PseudonymKeys): LoggedSubject {
  const [key] = keys.all(NOW);
  if (key === undefined) throw new Error("a sample needs a key");
  return { type: subject.type, keyId: key.id, hex: makePseudonym(key.key, subject) };
}

/** A row as group commit takes it; its bytes are no record. */
export function sampleRow(more: Partial<LogRow> = {}): LogRow {
  return {
    at: 1,
    kind: "staff",
    actor: "a",
    seller: null,
    session: null,
    ip: "203.0.113.7",
    action: "view",
    outcome: "done",
    purpose: null,
    target: null,
    key: null,
    subjects: new Uint8Array(),
    body: new Uint8Array(3),
    leaf: new Uint8Array(32),
    ...more,
  };
}
