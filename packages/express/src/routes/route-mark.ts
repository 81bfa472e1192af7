import type { RequestHandler } from "express";

/** What a handler of Garim says of the route it stands on. */
export type RouteMark =
  | { readonly state: "guarded" }
  | { readonly state: "open"; readonly why: string }
  | { readonly state: "observed"; readonly until: number; readonly forSome?: true };

interface Marked {
  readonly mark: RouteMark;
  /** An endpoint of Garim's own answers by itself; every other mark speaks for the handler behind it. */
  readonly isEndpoint: boolean;
  /** What is said instead, as long as it is so. */
  readonly meanwhile?: () => RouteMark | undefined;
}

const MARKS = new WeakMap<object, Marked>();

/** Marks a handler as one that seals every answer of its route; `meanwhile` says where it does not do so yet. */
export function markGuard(handler: RequestHandler, meanwhile?: () => RouteMark | undefined): RequestHandler {
  const guarded: Marked = { mark: { state: "guarded" }, isEndpoint: false };
  return set(handler, meanwhile === undefined ? guarded : { ...guarded, meanwhile });
}

/** Marks a handler as an endpoint of Garim's own, which guards itself. */
export function markEndpoint(handler: RequestHandler): RequestHandler {
  return set(handler, { mark: { state: "guarded" }, isEndpoint: true });
}

/** Marks a handler as saying why its route gives no buyer's data to the sellers' side. */
export function markOpen(handler: RequestHandler, why: string): RequestHandler {
  return set(handler, { mark: { state: "open", why }, isEndpoint: false });
}

/** Marks an endpoint of Garim's own that holds nothing of a person, and is anybody's. */
export function markOwnOpen(handler: RequestHandler, why: string): RequestHandler {
  return set(handler, { mark: { state: "open", why }, isEndpoint: true });
}

/** The mark of a handler: `isLast` where none comes after it for a mark to speak for. */
export function markOf(handler: unknown, isLast: boolean): RouteMark | undefined {
  const marked = typeof handler === "function" ? MARKS.get(handler) : undefined;
  if (marked === undefined || (!marked.isEndpoint && isLast)) return undefined;
  return marked.meanwhile?.() ?? marked.mark;
}

function set(handler: RequestHandler, marked: Marked): RequestHandler {
  MARKS.set(handler, marked);
  return handler;
}
