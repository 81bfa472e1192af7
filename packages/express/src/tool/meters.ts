import { type Budget, type BudgetLeft, type Budgets, createDistinctBudgets, thingOf } from "@garim/auth";
import { TOOL_BUDGETS } from "./defaults.ts";
import type { JudgedRecord } from "./judge-answer.ts";
import type { ToolBudgets } from "./options.ts";
import { rateLimitHeaders, tightest } from "./rate-limit.ts";
import type { ToolVisitor } from "./visitor.ts";

/** How much tools read, and how much they may, over all nodes. */
export interface ToolMeters {
  /** Counts a request. @returns the budget that is used up, if one is */
  spendRequest(visitor: ToolVisitor, ip: string): Promise<BudgetLeft | undefined>;
  /** Counts an answer and its data subjects, before it is sent. @returns the budget that is used up, if one is */
  spendSubjects(
    visitor: ToolVisitor,
    ip: string,
    records: readonly JudgedRecord[],
  ): Promise<BudgetLeft | undefined>;
  /** What is told to the tool of what is left. */
  headersOf(visitor: ToolVisitor, ip: string): Readonly<Record<string, string>>;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

type Budgeted = Readonly<Record<Exclude<keyof ToolBudgets, "toolTokens" | "addressTokens">, Budget>>;

/** Names as they stand in `RateLimit-Policy`, in records and in alerts. */
function resolveBudgets(given: Partial<ToolBudgets>): Budgeted {
  const limits = { ...TOOL_BUDGETS, ...given };
  const requests = (name: string, limit: number): Budget => ({ name, limit, windowMs: MINUTE });
  const subjects = (name: string, limit: number): Budget => ({ name, limit, windowMs: HOUR });
  return {
    keyRequests: requests("key-requests", limits.keyRequests),
    toolRequests: requests("tool-requests", limits.toolRequests),
    addressRequests: requests("address-requests", limits.addressRequests),
    sellerRequests: requests("seller-requests", limits.sellerRequests),
    keySubjects: subjects("key-subjects", limits.keySubjects),
    toolSubjects: subjects("tool-subjects", limits.toolSubjects),
    sellerSubjects: subjects("seller-subjects", limits.sellerSubjects),
    addressSubjects: subjects("address-subjects", limits.addressSubjects),
  };
}

/** A budget, and whose. */
type Meter = readonly [Budget, string];

export function createMeters(given: Partial<ToolBudgets>, budgets: Budgets, clock: () => number): ToolMeters {
  const all = resolveBudgets(given);
  const distinct = createDistinctBudgets(budgets, clock);

  function requestMeters({ toolId, senderKey, isProven }: ToolVisitor, ip: string): readonly Meter[] {
    const address: Meter = [all.addressRequests, ip];
    // Whoever has a tool's token and not its key must not use up what is the tool's.
    return isProven ? [address, [all.keyRequests, senderKey], [all.toolRequests, toolId]] : [address];
  }

  function subjectMeters({ toolId, senderKey }: ToolVisitor, ip: string): readonly Meter[] {
    return [
      [all.keySubjects, senderKey],
      [all.toolSubjects, toolId],
      [all.addressSubjects, ip],
    ];
  }

  return {
    async spendRequest(visitor, ip) {
      for (const [budget, key] of requestMeters(visitor, ip))
        if (!(await budgets.spend(budget, key, 1))) return budgets.left(budget, key);
      return undefined;
    },
    async spendSubjects(visitor, ip, records) {
      const sellers = groupSubjects(records);
      const things = new Set([...sellers.values()].flatMap((some) => [...some]));
      // Whose lines an answer has is known now, and not when its request came.
      for (const sellerId of sellers.keys())
        if (!(await budgets.spend(all.sellerRequests, sellerId, 1)))
          return budgets.left(all.sellerRequests, sellerId);
      for (const [sellerId, some] of sellers)
        if (!(await distinct.spend(all.sellerSubjects, sellerId, some)))
          return distinct.left(all.sellerSubjects, sellerId);
      for (const [budget, key] of subjectMeters(visitor, ip))
        if (!(await distinct.spend(budget, key, things))) return distinct.left(budget, key);
      return undefined;
    },
    headersOf(visitor, ip) {
      const meters = visitor.isProven
        ? [requestMeters(visitor, ip), subjectMeters(visitor, ip)]
        : [requestMeters(visitor, ip)];
      return rateLimitHeaders(
        meters.map((some) => tightest(some.map(([budget, key]) => budgets.left(budget, key)))),
      );
    },
  };
}

/** The first subject a record names, the buyer as a rule, by seller. */
function groupSubjects(records: readonly JudgedRecord[]): ReadonlyMap<string, Set<string>> {
  const sellers = new Map<string, Set<string>>();
  for (const { share, recorded } of records) {
    const [subject] = recorded.subjects;
    const things = sellers.get(share.sellerId) ?? new Set();
    if (subject !== undefined) things.add(thingOf(`${subject.type}:${subject.id}`));
    sellers.set(share.sellerId, things);
  }
  return sellers;
}
