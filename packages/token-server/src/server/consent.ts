import type { Person, PersonAnswer, ToolServerGround } from "@garim/express";
import type { Refuse } from "@garim/policy";
import { json, type Request, type RequestHandler, urlencoded } from "express";
import { type Askable, askOf, grantAsked } from "../consent/consent.ts";
import { consentJson, endedJson, refusedJson } from "../consent/consent-json.ts";
import { pageHeaders } from "../consent/html.ts";
import { consentPage, endedPage, refusedPage } from "../consent/page.ts";
import type { Decision, Pending } from "../core/core.ts";
import type { Parts } from "./parts.ts";

/** A form of three fields. */
const LARGEST_FORM = "4kb";

type Open = () => Promise<Parts>;

/** `GET /consent/:name`: what a tool asks of a seller, as a page or as JSON, whichever is wanted first. */
export function showConsent(open: Open, ground: ToolServerGround): RequestHandler {
  return ground.endpoint({ action: "grant-tool", who: "owner" }, async (person) => {
    const parts = await open();
    const pending = await parts.core.pending(person.req, person.res);
    const isTheirs = pending !== undefined && pending.name === person.req.params["name"];
    return isTheirs ? show(pending, person, parts) : ended(person, parts);
  });
}

/** `POST /consent/:name`: what the seller decided, as a form or as JSON. It is taken once. */
export function decideConsent(open: Open, ground: ToolServerGround): readonly RequestHandler[] {
  const decide = ground.endpoint({ action: "grant-tool", who: "owner" }, async (person) => {
    const parts = await open();
    const { req, res } = person;
    const pending = await parts.core.pending(req, res);
    if (pending === undefined || pending.name !== req.params["name"]) return ended(person, parts);
    const { decision, seen, days } = readForm(req.body);
    if (decision === "deny") return await finish(pending, null, person, parts);
    const asked = askOf(pending, person.worker, languageFor(person, pending), parts.desk);
    // What is agreed to is what stood on the page.
    if (asked.kind === "refuse" || decision !== "allow" || seen !== asked.view.seen)
      return show(pending, person, parts);
    return await agree(pending, asked, days, person, parts);
  });
  return [
    urlencoded({ extended: false, limit: LARGEST_FORM, parameterLimit: 10 }),
    json({ limit: LARGEST_FORM }),
    decide,
  ];
}

async function agree(
  pending: Pending,
  asked: Askable,
  days: number | undefined,
  person: Person,
  parts: Parts,
): Promise<PersonAnswer | Refuse> {
  // Of two clicks one counts.
  if (!(await parts.artifacts.consume("Interaction", pending.name))) return ended(person, parts);
  const grant = await grantAsked(asked, days, person.source, parts.desk);
  if ("kind" in grant) return grant;
  const { toolId, sellerId, endsAt, id: grantId } = grant;
  return await finish(pending, { toolId, sellerId, grantId, scope: pending.scope, endsAt }, person, parts);
}

async function finish(
  { redirectUri }: Pending,
  decision: Decision,
  { req, res }: Person,
  { core, look }: Parts,
): Promise<PersonAnswer> {
  const location = await core.decide(req, res, decision);
  // A script cannot follow it to the tool's site: whoever drew the page leaves for it.
  if (wantsJson(req)) return jsonOf(200, { location });
  const headers = { ...pageHeaders(redirectUri, look), Location: location };
  return { status: 303, contentType: "text/plain; charset=utf-8", body: "", headers };
}

function show(pending: Pending, person: Person, { desk, look }: Parts): PersonAnswer {
  const { worker, req } = person;
  const language = languageFor(person, pending);
  const asked = askOf(pending, worker, language, desk);
  const headers = pageHeaders(pending.redirectUri, look);
  if (asked.kind === "askable")
    return wantsJson(req)
      ? jsonOf(200, consentJson(asked.view))
      : page(200, consentPage(asked.view, language, look), headers);
  const { reason } = asked;
  const tool = desk.tools.find(pending.toolId)?.name[language] ?? pending.toolId;
  const refused = wantsJson(req)
    ? jsonOf(403, refusedJson(tool, reason, language))
    : page(403, refusedPage(tool, reason, language, look), headers);
  return { ...refused, reason };
}

/** Browsers want pages, and so does whoever takes anything. */
function wantsJson(req: Request): boolean {
  return req.accepts(["html", "json"]) === "json";
}

function jsonOf(status: number, value: object): PersonAnswer {
  const headers = { "X-Content-Type-Options": "nosniff" };
  return { status, contentType: "application/json; charset=utf-8", body: JSON.stringify(value), headers };
}

/** What somebody chose at the marketplace; else what the tool they come from says they read (`ui_locales`), else what their browser asks for. */
function languageFor({ language, hasChosenLanguage }: Person, { languages = "" }: Pending): "ko" | "en" {
  if (hasChosenLanguage) return language;
  const known = languages.split(" ").map((tag) => tag.toLowerCase().split("-", 1)[0]);
  return known.find((tag) => tag === "ko" || tag === "en") ?? language;
}

function ended({ req, language }: Person, { look }: Parts): PersonAnswer {
  if (wantsJson(req)) return jsonOf(410, endedJson(language));
  return page(410, endedPage(language, look), pageHeaders(null, look));
}

function page(status: number, body: string, headers: Readonly<Record<string, string>>): PersonAnswer {
  return { status, contentType: "text/html; charset=utf-8", body, headers };
}

interface Form {
  readonly decision: unknown;
  readonly seen: unknown;
  readonly days: number | undefined;
}

function readForm(body: unknown): Form {
  const { decision, seen, days } = (typeof body === "object" && body !== null ? body : {}) as {
    readonly [name: string]: unknown;
  };
  const isDays = (typeof days === "string" || typeof days === "number") && /^\d{1,3}$/.test(String(days));
  return { decision, seen, days: isDays ? Number(days) : undefined };
}
