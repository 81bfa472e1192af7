/** How much of something there is in how much time, over all nodes. */
export interface Budget {
  /** Names it in keys, headers and records: a word in lower case. */
  readonly name: string;
  /** Units in each window. */
  readonly limit: number;
  /** Windows begin at whole multiples of it since 1970, so that all nodes have the same ones. */
  readonly windowMs: number;
}

/** What is left of a budget, as far as this node knows: another node may hold some of it. */
export interface BudgetLeft {
  readonly budget: Budget;
  /** Units, never more than are left. */
  readonly remaining: number;
  /** Until the next window, milliseconds. */
  readonly resetMs: number;
}

/**
 * Budgets that any number of nodes share. A node reserves a part of a window's budget before it spends it, so what is spent in a window
 * never exceeds the limit; what a node reserved and did not spend is lost with the window, at most a twentieth for each node.
 */
export interface Budgets {
  /**
   * Spends units.
   *
   * @param key - whose budget it is; only its hash is stored
   * @returns whether there was enough; where not, nothing is spent
   * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where nobody can tell
   */
  spend(budget: Budget, key: string, units: number): Promise<boolean>;
  /** What is left, without asking the store. */
  left(budget: Budget, key: string): BudgetLeft;
}
