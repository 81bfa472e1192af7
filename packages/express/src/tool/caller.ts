import type { GrantState, KindSet } from "@garim/policy";
import type { Request } from "express";
import { type GrantSources, judgeSeller } from "./verdicts.ts";
import type { ToolVisitor } from "./visitor.ts";

/** The tool that asks, for a handler: so that it reads no more than will leave. */
export interface ToolCaller {
  readonly toolId: string;
  /** Whether it is in the sandbox: made-up sellers are all it reads. */
  readonly isSandbox: boolean;
  readonly purpose: string;
  /** The kinds of fields and states of lines its token asks for; each seller's grant may have fewer. */
  readonly kinds: KindSet;
  readonly states: readonly GrantState[];
  /** The sellers whose live grants cover that at this moment, narrowed to those the token names. Worked out when it is read. */
  readonly sellers: readonly string[];
  /** The order lines the token names; `null` for all. */
  readonly orders: readonly string[] | null;
}

const CALLERS = new WeakMap<Request, ToolCaller>();

/** The tool that sent a request; `null` where it is not a tool's, or was not let in. */
export function callerOf(req: Request): ToolCaller | null {
  return CALLERS.get(req) ?? null;
}

/** Has handlers know who asks. Only of a tool that was let in: its token says what it was issued for. */
export function rememberCaller(
  req: Request,
  visitor: ToolVisitor,
  clock: () => number,
  sources: GrantSources,
): void {
  const { toolId, tool, asked } = visitor;
  if (asked === null) return;
  const { purpose, kinds, states, orders } = asked;
  CALLERS.set(req, {
    toolId,
    isSandbox: tool?.sandbox !== false,
    purpose,
    kinds,
    states,
    orders,
    get sellers() {
      return findSellers(visitor, clock(), sources);
    },
  });
}

function findSellers(visitor: ToolVisitor, now: number, sources: GrantSources): readonly string[] {
  const grants = visitor.other?.grants() ?? sources.grants.ofTool(visitor.toolId);
  const sellers = visitor.asked?.sellers ?? [...new Set(grants.map(({ sellerId }) => sellerId))];
  return sellers.filter((sellerId) => judgeSeller(visitor, sellerId, now, sources).kind === "share");
}
