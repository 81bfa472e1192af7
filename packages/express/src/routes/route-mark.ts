import type { RequestHandler } from "express";
import type { ToolRoute } from "../tool/openapi/tool-route.ts";

/** What a handler of Garim says of the route it stands on. */
export type RouteMark =
  | { readonly state: "guarded" }
  | { readonly state: "open"; readonly why: string }
  | { readonly state: "observed"; readonly until: number; readonly forSome?: true };

/** The same, and what it opens to sellers' tools. */
export type SaidMark = RouteMark & { readonly tool?: ToolRoute };

interface Marked {
  readonly mark: SaidMark;
  /** An endpoint of Garim's own answers by itself; every other mark speaks for the handler behind it. */
  readonly isEndpoint: boolean;
  /** What is said instead, as long as it is so. */
  readonly meanwhile?: () => RouteMark | undefined;
}

const MARKS = new WeakMap<object, Marked>();

/** Marks a handler as one that seals every answer of its route; `meanwhile` says where it does not do so yet. */
export function markGuard(
  handler: RequestHandler,
  meanwhile?: () => RouteMark | undefined,
  tool?: ToolRoute,
): RequestHandler {
  const guarded: Marked = { mark: { state: "guarded", ...toolOf(tool) }, isEndpoint: false };
  return set(handler, meanwhile === undefined ? guarded : { ...guarded, meanwhile });
}

/** Marks a handler as an endpoint of Garim's own, which guards itself. */
export function markEndpoint(handler: RequestHandler, tool?: ToolRoute): RequestHandler {
  return set(handler, { mark: { state: "guarded", ...toolOf(tool) }, isEndpoint: true });
}

/** Marks a handler as saying why its route gives no buyer's data to the sellers' side. */
export function markOpen(handler: RequestHandler, why: string): RequestHandler {
  return set(handler, { mark: { state: "open", why }, isEndpoint: false });
}

/** Marks an endpoint of Garim's own that holds nothing of a person, and is anybody's. */
export function markOwnOpen(handler: RequestHandler, why: string, tool?: ToolRoute): RequestHandler {
  return set(handler, { mark: { state: "open", why, ...toolOf(tool) }, isEndpoint: true });
}

function toolOf(tool: ToolRoute | undefined): { readonly tool?: ToolRoute } {
  return tool === undefined ? {} : { tool };
}

/** The mark of a handler: `isLast` where none comes after it for a mark to speak for. */
export function markOf(handler: unknown, isLast: boolean): SaidMark | undefined {
  const marked = typeof handler === "function" ? MARKS.get(handler) : undefined;
  if (marked === undefined || (!marked.isEndpoint && isLast)) return undefined;
  const meanwhile = marked.meanwhile?.();
  // What a guard lets a tool read it never only observes.
  return meanwhile === undefined ? marked.mark : { ...meanwhile, ...toolOf(marked.mark.tool) };
}

function set(handler: RequestHandler, marked: Marked): RequestHandler {
  MARKS.set(handler, marked);
  return handler;
}
