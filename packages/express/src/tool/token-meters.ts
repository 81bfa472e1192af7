import type { Budget, BudgetLeft, Budgets } from "@garim/auth";
import { MINUTE } from "@garim/policy";
import { TOOL_BUDGETS } from "./defaults.ts";
import type { ToolBudgets } from "./options.ts";
import { rateLimitHeaders, retryAfter } from "./rate-limit.ts";

/** How much is asked of the token server, and how much may be, over all nodes. */
export interface TokenMeters {
  /** Counts a request from an address, whoever sent it. */
  spendAddress(ip: string): Promise<TokenMetered>;
  /** Counts a request of a tool that has proved itself: who only names it must not use up what is the tool's. */
  spendTool(toolId: string, ip: string): Promise<TokenMetered>;
}

/** What came of counting. */
export interface TokenMetered {
  /** The name of the budget that is used up; `null` where there is enough. */
  readonly over: string | null;
  /** What is told of what is left, and how long to wait. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes the meters of the token server, on the budgets all nodes share. */
export function createTokenMeters(given: Partial<ToolBudgets>, budgets: Budgets): TokenMeters {
  const { toolTokens, addressTokens } = { ...TOOL_BUDGETS, ...given };
  const ofTools: Budget = { name: "tool-tokens", limit: toolTokens, windowMs: MINUTE };
  const ofAddresses: Budget = { name: "address-tokens", limit: addressTokens, windowMs: MINUTE };

  async function spend(budget: Budget, key: string, beside: readonly BudgetLeft[]): Promise<TokenMetered> {
    const isEnough = await budgets.spend(budget, key, 1);
    const left = budgets.left(budget, key);
    const headers = rateLimitHeaders([...beside, left]);
    return isEnough
      ? { over: null, headers }
      : { over: budget.name, headers: { ...headers, ...retryAfter(left) } };
  }

  return {
    spendAddress: (ip) => spend(ofAddresses, ip, []),
    spendTool: (toolId, ip) => spend(ofTools, toolId, [budgets.left(ofAddresses, ip)]),
  };
}
