import { METHODS } from "node:http";
import { GarimError } from "@garim/policy";
import type { Application } from "express";
import type { ToolRoute } from "../tool/openapi/tool-route.ts";
import { markOf, type SaidMark } from "./route-mark.ts";

/** One route of the host's app, and what stands before its handler. */
export interface RouteReport {
  readonly method: string;
  readonly path: string;
  /**
   * `guarded` by Garim; `observed` where it decides and records and enforces nothing yet; `open` where the host said why; `unguarded`
   * where nobody said anything.
   */
  readonly state: "guarded" | "observed" | "open" | "unguarded";
  readonly why?: string;
  /** When observing ends at the latest, UTC milliseconds. */
  readonly until?: number;
  /** Where only some sellers are observed: for all others it is enforced. */
  readonly forSome?: true;
}

/** A route, and what of it is open to sellers' tools. */
export interface MarkedRoute extends RouteReport {
  readonly tool?: ToolRoute;
}

/** The part of Express's router that lists what is mounted. */
interface Layer {
  readonly handle?: { readonly stack?: readonly Layer[] };
  readonly rawPath?: unknown;
  readonly route?: { readonly path: unknown; readonly stack: readonly RouteLayer[] };
}

interface RouteLayer {
  readonly handle: unknown;
  readonly method?: string;
}

/**
 * Lists the routes of an app, mounted routers included, in the order Express tries them.
 *
 * Plain middleware that answers by itself (a proxy, a static folder) is no route and is not listed.
 *
 * @param options - `strict`: refuse an app in which a route is `unguarded`
 * @throws GarimError `ERR_GARIM_ROUTE_UNGUARDED` (strict), naming each such route
 */
export function listRoutes(
  app: Application,
  options: { readonly strict?: boolean } = {},
): readonly RouteReport[] {
  const routes = listMarked(app).map(({ tool: _, ...route }): RouteReport => route);
  const unguarded = routes.filter((route) => route.state === "unguarded");
  if (options.strict === true && unguarded.length > 0) throw unguardedError(unguarded);
  return routes;
}

/** As {@link listRoutes}, with what each opens to tools. */
export function listMarked(app: Application): readonly MarkedRoute[] {
  const stack = (app.router as unknown as { readonly stack?: readonly Layer[] } | undefined)?.stack ?? [];
  return walk(stack, "", undefined);
}

/** A mark on a router's or app's own middleware holds for everything mounted after it. */
function walk(stack: readonly Layer[], base: string, inherited: SaidMark | undefined): MarkedRoute[] {
  const routes: MarkedRoute[] = [];
  const ahead: Ahead = { marks: new Map(), spoken: new Set() };
  let mark = inherited;
  for (const layer of stack) {
    const path = joinPath(base, layer.route === undefined ? layer.rawPath : layer.route.path);
    if (layer.route !== undefined) routes.push(...reportRoute(layer.route.stack, path, mark, ahead));
    else if (layer.handle?.stack !== undefined) routes.push(...walk(layer.handle.stack, path, mark));
    else if (path === base) mark = markOf(layer.handle, false) ?? mark;
  }
  return routes.filter((route) => !ahead.spoken.has(route));
}

/** Routes that hold nothing but a guard: it speaks for the same route put down again behind it, as under NestJS. */
interface Ahead {
  readonly marks: Map<string, { readonly mark: SaidMark; readonly report: MarkedRoute }>;
  /** Those that turned out to stand before a handler. */
  readonly spoken: Set<MarkedRoute>;
}

function reportRoute(
  stack: readonly RouteLayer[],
  path: string,
  inherited: SaidMark | undefined,
  { marks, spoken }: Ahead,
): MarkedRoute[] {
  return methodsOf(stack).map((method) => {
    const own = stack.filter(
      (layer) => method === "ALL" || layer.method === undefined || layer.method === method.toLowerCase(),
    );
    const name = `${method} ${path}`;
    const before = marks.get(name);
    const mark = findMark(own) ?? inherited ?? before?.mark;
    const report: MarkedRoute = { method, path, state: "unguarded", ...mark };
    const alone = own.length === 1 ? markOf(own[0]?.handle, false) : undefined;
    if (before !== undefined) spoken.add(before.report);
    else if (alone !== undefined) marks.set(name, { mark: alone, report });
    return report;
  });
}

/** `app.all` writes its handlers down once for every method Node knows. */
function methodsOf(stack: readonly RouteLayer[]): readonly string[] {
  const methods = [...new Set(stack.map((layer) => layer.method?.toUpperCase() ?? "ALL"))];
  return methods.length >= METHODS.length ? ["ALL"] : methods;
}

/** A guard counts only in front of a handler: on its own it lets everything through. */
function findMark(stack: readonly RouteLayer[]): SaidMark | undefined {
  return stack
    .map((layer, i) => markOf(layer.handle, i === stack.length - 1))
    .find((mark) => mark !== undefined);
}

function joinPath(base: string, path: unknown): string {
  const part = Array.isArray(path) ? path.join("|") : String(path ?? "");
  if (part === "" || part === "/") return base === "" ? part : base;
  const start = base.replace(/\/$/, "");
  return part.startsWith("/") ? start + part : `${start}/${part}`;
}

function unguardedError(routes: readonly MarkedRoute[]): GarimError {
  const names = routes.map((route) => `${route.method} ${route.path}`).join(", ");
  return new GarimError(
    "ERR_GARIM_ROUTE_UNGUARDED",
    `Nothing guards ${names}. Put garim.reveal(schema, { purpose }) before the handler, or garim.unguarded("why it gives sellers no buyers' data")`,
  );
}
