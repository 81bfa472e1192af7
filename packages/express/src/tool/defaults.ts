import type { ToolBudgets } from "./options.ts";

/**
 * What a tool may read where the host does not say. All are ours: neither law nor code gives numbers. A seller with more orders an hour
 * than `sellerSubjects` needs a wider one.
 */
export const TOOL_BUDGETS: ToolBudgets = Object.freeze({
  keyRequests: 600,
  toolRequests: 1_200,
  addressRequests: 1_200,
  keySubjects: 20_000,
  toolSubjects: 50_000,
  sellerSubjects: 20_000,
  addressSubjects: 50_000,
});
