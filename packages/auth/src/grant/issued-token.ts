/** A token as it was issued. */
export interface IssuedToken {
  /** `jti`. */
  readonly id: string;
  readonly toolId: string;
  /** The grant of an interactive flow; `null` for a machine token, which reads by many. */
  readonly grantId: string | null;
  readonly keyId: string;
  /** UTC milliseconds, exclusive. */
  readonly expiresAt: number;
}

/** Which tokens are revoked: one, all of a grant, or all of a tool. */
export type TokenChoice =
  | { readonly id: string }
  | { readonly grantId: string }
  | { readonly toolId: string };

/** What another store checks and writes in the very statement that puts a token into the ledger. */
export interface LedgerStep {
  /** Named queries of SQL, as they stand behind `with`; their parameters begin at `$7`. */
  readonly queries: string;
  readonly values: readonly unknown[];
  /** Conditions of SQL over these queries, one at least: the token is added where all hold. What the queries write stays written. */
  readonly conditions: readonly string[];
}

/**
 * The ledger of issued tokens. A token whose signature is right and that does not stand here was made by whoever has a copy of the
 * key: it is refused, and reported.
 */
export interface IssuedTokens {
  /**
   * Puts a token into the ledger, before it leaves.
   *
   * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, also where its id was issued before
   */
  add(token: IssuedToken): Promise<void>;
  /**
   * As {@link add}, where the conditions of a step hold: one statement, so one transaction and one question to the database.
   *
   * @returns the place of the first condition that did not hold; `null` where the token was added
   */
  addIf(token: IssuedToken, step: LedgerStep): Promise<number | null>;
  /**
   * Whether a token was issued, is not over and was not revoked. What this node remembers is answered without the database.
   */
  isIssued(id: string): Promise<boolean>;
  /** Revokes tokens; every node knows within a second. */
  revoke(choice: TokenChoice): Promise<void>;
  /**
   * Whether a token is revoked, or over, from what this node remembers: of what `isIssued` was not asked, it says so too.
   *
   * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where this node's copy is stale
   */
  isRevoked(id: string): boolean;
}
