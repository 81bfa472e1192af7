import { GarimError, nearest, type Reason, type StepUpClass } from "@garim/policy";
import type { Request } from "express";
import { statusOf } from "../answer/problem.ts";
import { isSameSitePath } from "./return-path.ts";

/** The host's own pages for people who are refused one: paths of this site. */
export interface Pages {
  /** Where a second factor is enrolled and confirmed. */
  readonly stepUp?: string;
  readonly logIn?: string;
  /** Where it is said why somebody may not (403): a role that lacks it, a dismissal, an address on no list. */
  readonly refused?: string;
}

const PAGE_OF: Readonly<Partial<Record<Reason, keyof Pages>>> = {
  "second-factor-missing": "stepUp",
  "second-factor-stale": "stepUp",
  "second-factor-unenrolled": "stepUp",
  "second-factor-device": "stepUp",
  "second-factor-network": "stepUp",
  "second-factor-signal": "stepUp",
  "factor-weak": "stepUp",
  "not-logged-in": "logIn",
  "log-in-again": "logIn",
  "session-idle": "logIn",
  "session-absolute": "logIn",
  "session-revoked": "logIn",
  "session-limit": "logIn",
  "seller-changed": "logIn",
  "roles-changed": "logIn",
  "factors-changed": "logIn",
};

/** The host's page that would lift a refusal; nothing where none would, or where the host named none. */
export function pageOf(reason: Reason, pages: Pages): string | undefined {
  const name = PAGE_OF[reason];
  return name && pages[name];
}

/**
 * Where a refused page navigation goes instead: the host's page, told why (`reason`), for a second factor also what for
 * (`action`), and where it wanted to go (`return`, see `returnPath`), as the browser calls it: with what a named proxy says to have cut
 * off (`X-Forwarded-Prefix`). None of it grants anything: the way back is judged as before.
 * Nothing for requests of programs and scripts: they read the problem.
 */
export function redirectOf(
  req: Request,
  reason: Reason,
  action: StepUpClass,
  pages: Pages,
): string | undefined {
  const page = statusOf(reason) === 403 ? pages.refused : pageOf(reason, pages);
  if (page === undefined || !isNavigation(req)) return undefined;
  const url = new URL(page, "http://page.invalid");
  const address = cutOff(req) + req.originalUrl;
  // The page itself stands behind a guard: it would be sent to itself without end.
  if (url.pathname === pathOf(address)) return undefined;
  url.searchParams.set("reason", reason);
  if (PAGE_OF[reason] === "stepUp") url.searchParams.set("action", action);
  if (isSameSitePath(address)) url.searchParams.set("return", address);
  return url.pathname + url.search;
}

/** The part of the path that a proxy cut off before the app saw it, by its own word; anybody can send the header. */
function cutOff(req: Request): string {
  const prefix = req.get("x-forwarded-prefix") ?? "";
  if (!prefix.startsWith("/")) return "";
  const isNamed: (address: string | undefined, hop: number) => boolean = req.app.get("trust proxy fn");
  return isNamed(req.socket.remoteAddress, 0) ? prefix.replace(/\/$/, "") : "";
}

/** A browser that loads a page, and no script of one. */
function isNavigation(req: Request): boolean {
  const mode = req.get("sec-fetch-mode") ?? "navigate";
  // Whoever takes anything (`*/*`) is given what programs get.
  return req.method === "GET" && mode === "navigate" && req.accepts(["json", "html"]) === "html";
}

function pathOf(address: string): string {
  return address.replace(/[?#].*$/s, "");
}

const NAMES: readonly (keyof Pages)[] = ["stepUp", "logIn", "refused"];

/** Checks the option `pages`. @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID` */
export function checkPages(pages: Pages): void {
  if (typeof pages !== "object" || pages === null) throw invalid("pages", pages);
  for (const [name, path] of Object.entries(pages)) {
    if (!NAMES.includes(name as keyof Pages)) throw unknown(name);
    if (path !== undefined && !isSameSitePath(path)) throw invalid(`pages.${name}`, path);
  }
}

function unknown(name: string): GarimError {
  const hint = nearest(name, NAMES);
  return new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `pages has no member ${JSON.stringify(name)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${NAMES.join(", ")}`,
  );
}

function invalid(name: string, value: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `createGarim got ${JSON.stringify(value)} as ${name}, which is no path of this site; write pages: { stepUp: "/second-factor", logIn: "/log-in" }`,
  );
}
