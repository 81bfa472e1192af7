import type { ClaimType } from "./line.ts";
import type { PiiKind } from "./pii-kind.ts";
import type { Basis, SourceId } from "./source.ts";

/** One number of the rules: its default, how far a deployment may move it, and where it comes from. */
export interface NumberRule {
  readonly default: number;
  /** Smallest value a deployment may set, inclusive. */
  readonly least: number;
  /** Largest value a deployment may set, inclusive: beyond it would be laxer than the edition. */
  readonly most: number;
  readonly source: SourceId;
  /** Who gives the *number*; the rule itself may be law while its number is ours. */
  readonly number: Basis;
}

/** The numbers a deployment may tighten. The unit is in the name. */
export interface PolicyNumbers {
  /** Minutes without user activity after which a session ends. */
  readonly idleMinutes: number;
  /** Hours after the log-in at which a session ends whatever happens. */
  readonly absoluteHours: number;
  /** Minutes a second factor stays fresh for viewing; as long as the session at most. */
  readonly viewFreshMinutes: number;
  /** Minutes a second factor stays fresh for downloading, and for what a claim unmasks. */
  readonly downloadFreshMinutes: number;
  /** Minutes a second factor stays fresh for changing factors, rights and tools' grants. */
  readonly manageFreshMinutes: number;
  /** Days of 24 hours after delivery at which the purpose ends when nobody confirms. */
  readonly unconfirmedDays: number;
  /** Days of 24 hours after the end of purpose in which a download still yields (masked) rows; last millisecond included. */
  readonly downloadDays: number;
  /** Days of 24 hours a claim unmasks what it needs, unless it closes earlier. */
  readonly claimDays: number;
  /** Wrong codes one challenge takes before it is void. */
  readonly triesPerChallenge: number;
  /** Wrong codes in a row an account takes before it is locked for a time. */
  readonly triesPerAccount: number;
  /** Minutes an account stays locked. */
  readonly lockMinutes: number;
}

/** What a role may do. Denied unless named. */
export type RoleAction = "view" | "download" | "manageFactors" | "manageStaff" | "connectTool";

export interface RoleRule {
  readonly actions: readonly RoleAction[];
  readonly kinds: readonly PiiKind[];
}

/** A dated set of rules, as data. An edition never changes once released, so that decisions replay. */
export interface Edition {
  readonly id: string;
  readonly numbers: { readonly [Name in keyof PolicyNumbers]: NumberRule };
  readonly claimKinds: Readonly<Record<ClaimType, readonly PiiKind[]>>;
  readonly roles: Readonly<Record<string, RoleRule>>;
}

/** As long as a session: once a session for viewing. */
const SESSION_MINUTES = 12 * 60;

const KINDS_TO_SHIP: readonly PiiKind[] = [
  "name",
  "phone",
  "postcode",
  "address",
  "memo",
  "customsCode",
  "company",
];

const KR_2026_10_31: Edition = {
  id: "kr-2026-10-31",
  numbers: {
    idleMinutes: { default: 30, least: 1, most: 60, source: "notice-2026-9/6-4", number: "ours" },
    absoluteHours: { default: 12, least: 1, most: 24, source: "garim/absolute", number: "ours" },
    viewFreshMinutes: {
      default: SESSION_MINUTES,
      least: 1,
      most: SESSION_MINUTES,
      source: "code-2022/second-factor",
      number: "ours",
    },
    downloadFreshMinutes: {
      default: 30,
      least: 1,
      most: 30,
      source: "code-2022/second-factor",
      number: "ours",
    },
    manageFreshMinutes: { default: 5, least: 1, most: 5, source: "notice-2026-9/6-2", number: "ours" },
    unconfirmedDays: { default: 30, least: 0, most: 90, source: "pipa/21", number: "ours" },
    downloadDays: { default: 90, least: 0, most: 90, source: "code-2022/download", number: "code" },
    claimDays: { default: 14, least: 0, most: 14, source: "ecommerce/17-3", number: "ours" },
    triesPerChallenge: { default: 5, least: 1, most: 5, source: "notice-2026-9/5-6", number: "ours" },
    triesPerAccount: { default: 10, least: 1, most: 10, source: "notice-2026-9/5-6", number: "ours" },
    lockMinutes: { default: 15, least: 15, most: 1_440, source: "notice-2026-9/5-6", number: "ours" },
  },
  claimKinds: {
    cancellation: [],
    return: ["name", "phone", "postcode", "address"],
    exchange: ["name", "phone", "postcode", "address"],
    service: ["name", "phone"],
  },
  roles: {
    viewer: { actions: ["view"], kinds: ["name", "company"] },
    shipper: { actions: ["view"], kinds: KINDS_TO_SHIP },
    claims: { actions: ["view"], kinds: ["name", "phone", "email", "postcode", "address", "company"] },
    downloader: { actions: ["view", "download"], kinds: KINDS_TO_SHIP },
    owner: {
      actions: ["view", "download", "manageFactors", "manageStaff", "connectTool"],
      kinds: [...KINDS_TO_SHIP, "email", "userId"],
    },
  },
};

/** Every edition, newest first. */
export const EDITIONS: readonly Edition[] = Object.freeze([deepFreeze(KR_2026_10_31)]);

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
