import type { OffHours, ToolBudgets } from "./options.ts";

/**
 * What a tool may read where the host does not say. All are ours: neither law nor code gives numbers. A seller with more orders an hour
 * than `sellerSubjects` needs a wider one. A tool that renews ten thousand sellers' tokens every five minutes asks for 2,000 a minute.
 */
export const TOOL_BUDGETS: ToolBudgets = Object.freeze({
  keyRequests: 600,
  toolRequests: 1_200,
  addressRequests: 1_200,
  sellerRequests: 3_000,
  toolTokens: 3_000,
  addressTokens: 6_000,
  keySubjects: 20_000,
  toolSubjects: 50_000,
  sellerSubjects: 20_000,
  addressSubjects: 50_000,
});

/** When a tool that reads much is told of. Ours, too: sellers' offices are empty then, and tools only look for new orders. */
export const OFF_HOURS: OffHours = Object.freeze({ from: 0, to: 6, subjects: 200 });
