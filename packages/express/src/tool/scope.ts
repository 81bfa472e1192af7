import { type Refuse, refuse } from "@garim/policy";
import type { ToolVisitor } from "./visitor.ts";

/** What a route opens to tools. */
export interface ToolScope {
  /** The scope (RFC 6749, 3.3) a token must have. */
  readonly scope: string;
  /** The purpose a token and its grant must have; `null` for a route that shows nobody's data. */
  readonly purpose: string | null;
}

/** A scope as one word (RFC 6749, 3.3). */
export const SCOPE: RegExp = /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/;

/** Judges whether a tool may use a route at all; what it reads there is judged line by line. */
export function judgeScope(visitor: ToolVisitor, { scope, purpose }: ToolScope): Refuse | undefined {
  if (visitor.refusal !== null) return visitor.refusal;
  const granted: unknown = visitor.token.claims["scope"];
  if (typeof granted !== "string" || !granted.split(" ").includes(scope)) return refuse("scope-missing");
  return purpose === null || visitor.asked?.purpose === purpose ? undefined : refuse("grant-purpose");
}
