import type { RequestHandler } from "express";

/** What a handler of Garim says of the route it stands on. */
export type RouteMark = { readonly state: "guarded" } | { readonly state: "open"; readonly why: string };

const MARKS = new WeakMap<object, RouteMark>();

/** Marks a handler as one that seals every answer of its route. */
export function markGuard(handler: RequestHandler): RequestHandler {
  MARKS.set(handler, { state: "guarded" });
  return handler;
}

/** Marks a handler as saying why its route gives no buyer's data to the sellers' side. */
export function markOpen(handler: RequestHandler, why: string): RequestHandler {
  MARKS.set(handler, { state: "open", why });
  return handler;
}

export function markOf(handler: unknown): RouteMark | undefined {
  return typeof handler === "function" ? MARKS.get(handler) : undefined;
}
