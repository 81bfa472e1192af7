import type { ClaimReason, ClaimType } from "../line.ts";

/** A claim of a journey; moments are days before now. */
export interface JourneyClaim {
  readonly type: ClaimType;
  readonly reason: ClaimReason;
  readonly by: "buyer" | "operator";
  readonly opened: number;
  readonly closed?: number;
}

/** How far a paid line has come: days of 24 hours before now, for each moment it has. */
export interface Journey {
  readonly name: string;
  readonly prepared?: number;
  readonly shipped?: number;
  readonly delivered?: number;
  readonly confirmed?: number;
  readonly cancelled?: number;
  readonly returned?: number;
  readonly claim?: JourneyClaim;
}

/** An hour, in days: keeps a line just inside a limit for as long as somebody looks at the demo. */
const HOUR = 1 / 24;

/**
 * Every place a line can be in, the recent ones first: each state, both sides of every limit (30 days after delivery,
 * 90 days after confirmation, 14 days of a claim) and claims of every type, open and closed, by buyer and by operator.
 */
export const JOURNEYS: readonly [Journey, ...Journey[]] = [
  { name: "paid" },
  { name: "preparing", prepared: 0.2 },
  {
    name: "preparing, cancellation asked",
    prepared: 0.3,
    claim: { type: "cancellation", reason: "changed-mind", by: "buyer", opened: 0.1 },
  },
  { name: "shipping", prepared: 2, shipped: 1 },
  { name: "cancelled", cancelled: 2 },
  {
    name: "cancelled on request",
    cancelled: 3,
    claim: { type: "cancellation", reason: "changed-mind", by: "buyer", opened: 4, closed: 3 },
  },
  { name: "delivered", prepared: 5, shipped: 4, delivered: 3 },
  {
    name: "delivered, exchange asked",
    prepared: 6,
    shipped: 5,
    delivered: 4,
    claim: { type: "exchange", reason: "wrong-item", by: "buyer", opened: 1 },
  },
  { name: "confirmed today", prepared: 7, shipped: 6, delivered: 5, confirmed: 0.1 },
  {
    name: "returned",
    prepared: 12,
    shipped: 11,
    delivered: 10,
    returned: 3,
    claim: { type: "return", reason: "defect", by: "buyer", opened: 8, closed: 3 },
  },
  {
    name: "confirmed, return asked",
    prepared: 17,
    shipped: 16,
    delivered: 15,
    confirmed: 8,
    claim: { type: "return", reason: "defect", by: "buyer", opened: 2 },
  },
  {
    name: "confirmed, service asked through the operator",
    prepared: 19,
    shipped: 18,
    delivered: 17,
    confirmed: 10,
    claim: { type: "service", reason: "missing-part", by: "operator", opened: 1 },
  },
  {
    name: "confirmed, exchange done",
    prepared: 25,
    shipped: 24,
    delivered: 23,
    confirmed: 20,
    claim: { type: "exchange", reason: "damaged", by: "operator", opened: 15, closed: 9 },
  },
  {
    name: "confirmed, return forgotten",
    prepared: 29,
    shipped: 28,
    delivered: 27,
    confirmed: 24,
    claim: { type: "return", reason: "damaged", by: "buyer", opened: 16 },
  },
  { name: "delivered 29 days ago", prepared: 32, shipped: 31, delivered: 29 },
  { name: "delivered long ago, never confirmed", prepared: 44, shipped: 43, delivered: 41 },
  { name: "confirmed 89 days ago", prepared: 96, shipped: 95, delivered: 93, confirmed: 89 },
  { name: "confirmed 90 days ago", prepared: 97, shipped: 96, delivered: 94, confirmed: 90 - HOUR },
  { name: "confirmed 91 days ago", prepared: 98, shipped: 97, delivered: 95, confirmed: 91 },
];
