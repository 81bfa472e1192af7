import type { BudgetLeft } from "@garim/auth";

/** The budget that ends first, if it goes on as it does. */
export function tightest(left: readonly BudgetLeft[]): BudgetLeft | undefined {
  const shareOf = ({ remaining, budget }: BudgetLeft): number => remaining / budget.limit;
  return left.toSorted((one, other) => shareOf(one) - shareOf(other))[0];
}

/** @source draft-ietf-httpapi-ratelimit-headers-10 */
export function rateLimitHeaders(
  left: readonly (BudgetLeft | undefined)[],
): Readonly<Record<string, string>> {
  const known = left.filter((one) => one !== undefined);
  const policies = known.map(
    ({ budget }) => `"${budget.name}";q=${budget.limit};w=${budget.windowMs / 1_000}`,
  );
  const limits = known.map(
    ({ budget, remaining, resetMs }) => `"${budget.name}";r=${remaining};t=${Math.ceil(resetMs / 1_000)}`,
  );
  return { "RateLimit-Policy": policies.join(", "), RateLimit: limits.join(", ") };
}

/** Whether a budget counts requests, and not whose data they read. */
export function isOfRequests({ budget }: BudgetLeft): boolean {
  return budget.name.endsWith("-requests");
}

/** How long somebody over a budget is told to wait. */
export function retryAfter({ resetMs }: BudgetLeft): Readonly<Record<string, string>> {
  return { "Retry-After": String(Math.max(1, Math.ceil(resetMs / 1_000))) };
}
