import type { GrantState } from "./grant.ts";
import type { LineFacts } from "./line.ts";
import type { KindSet } from "./pii-kind.ts";

/** Where the data would appear. One matrix holds for all of them. */
export type Surface = "view" | "download" | "tool";

/** What a disclosure depends on. */
export interface DisclosureFacts {
  /** The record's line; all lines of that seller where the record holds fields they share. Never empty. */
  readonly lines: readonly LineFacts[];
  readonly surface: Surface;
  /** The kinds the actor's roles, or the tool's grant, allow. */
  readonly allowed: KindSet;
  /** When the actor last proved a second factor, UTC milliseconds; `null` for never. */
  readonly secondFactorAt: number | null;
  /** For tools, the states of a line the grant covers; absent: open ones only. */
  readonly states?: readonly GrantState[];
}
