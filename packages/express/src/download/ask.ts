import { hash } from "node:crypto";
import { scrub } from "@garim/masking";
import type { KindSet, Reason } from "@garim/policy";
import type { Request } from "express";
import { languageOf } from "../answer/language.ts";
import type { Language } from "../answer/problem.ts";
import { membersOf } from "../privacy/input.ts";
import type { DownloadRoute } from "./route.ts";

/** What a request for a file says, read and checked. */
export interface Ask {
  readonly purpose: string;
  /** Why, in the person's words; personal data scrubbed. Empty where nothing is said. */
  readonly why: string;
  /** The paths of the fields, in the order they are declared. */
  readonly fields: readonly string[];
  readonly kinds: KindSet;
  /** As JSON; personal data scrubbed. */
  readonly filter: string;
  readonly format: "xlsx" | "csv-zip";
  readonly language: Language;
  readonly password: string;
  /** The ask a second person agreed to; `null` for none. */
  readonly approval: string | null;
  /** SHA-256 of all that consent is about. */
  readonly hash: string;
}

/** What keeps an ask from being one. */
export interface AskFault {
  readonly kind: "fault";
  readonly reason: Reason;
  /** What of it is wrong, for programs: names of fields. */
  readonly names: readonly string[];
}

/** Members that are Garim's; everything else narrows the rows, and is the handler's. */
const OWN: readonly string[] = ["purpose", "why", "fields", "password", "format", "language", "approval"];

const LONGEST_WHY = 500;
const LONGEST_FILTER = 1_000;
const MOST_NAMED = 20;

/** A UUID as Garim writes them. */
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text may be the id of a download. */
export function isDownloadId(value: unknown): value is string {
  return typeof value === "string" && ID.test(value);
}

/** Reads what is asked for. Trusted in nothing. */
export function readAsk(req: Request, route: DownloadRoute): Ask | AskFault {
  const members = membersOf(req);
  const { purpose, why, password, format = "xlsx", language = languageOf(req), approval = null } = members;
  const known = typeof purpose === "string" ? route.purposes.get(purpose) : undefined;
  const said = typeof why === "string" ? scrub(why.slice(0, LONGEST_WHY)).trim() : "";
  if (known === undefined || said === "")
    return fault("download-purpose-missing", [...route.purposes.keys()]);
  const fields = readFields(members["fields"] ?? known.fields, route);
  if ("kind" in fields) return fields;
  if (format !== "xlsx" && format !== "csv-zip") return fault("download-field-unknown", ["format"]);
  if (language !== "ko" && language !== "en") return fault("download-field-unknown", ["language"]);
  if (approval !== null && !isDownloadId(approval)) return fault("download-approval-unknown", ["approval"]);
  const rest = Object.fromEntries(Object.entries(members).filter(([name]) => !OWN.includes(name)));
  const asked = { purpose: String(purpose), why: said, fields: fields.paths, format } as const;
  return {
    ...asked,
    kinds: route.rowOf(fields.paths).kinds,
    filter: scrub(JSON.stringify(rest)).slice(0, LONGEST_FILTER),
    language,
    password: typeof password === "string" ? password : "",
    approval,
    // Unscrubbed: two phone numbers would else be one ask.
    hash: hash("sha256", JSON.stringify([route.schema.name, asked, rest, req.query])),
  };
}

/** What narrows the rows, for whoever looks whether personal data is asked by. */
export function narrowingOf(req: Request): unknown {
  return Object.fromEntries(Object.entries(membersOf(req)).filter(([name]) => !OWN.includes(name)));
}

/** Takes the password out of the body: the host's handler, and what logs bodies behind it, never see it. */
export function forgetPassword(req: Request): void {
  const { password: _, ...rest } = membersOf(req);
  req.body = rest;
}

function readFields(
  given: unknown,
  { fields }: DownloadRoute,
): AskFault | { readonly paths: readonly string[] } {
  const names: readonly unknown[] = Array.isArray(given) ? given : [given];
  const paths = fields.map(({ path }) => path);
  const unknown = names.filter((name) => !paths.includes(name as string));
  if (unknown.length > 0) return fault("download-field-unknown", unknown.map(sayName));
  return { paths: paths.filter((path) => names.includes(path)) };
}

/** Whatever was given may hold anything: it is cut. */
function sayName(name: unknown): string {
  return typeof name === "string" ? scrub(name.slice(0, 64)) : `(${typeof name})`;
}

function fault(reason: Reason, names: readonly string[]): AskFault {
  return { kind: "fault", reason, names: names.slice(0, MOST_NAMED) };
}
