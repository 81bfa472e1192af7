import { language, word } from "./words.js";

/** A refusal of the server: problem JSON, with the reason programs read and the words people read. */
export class Refusal extends Error {
  constructor(problem) {
    super([problem.detail ?? problem.title, problem.remedy].filter(Boolean).join(" "));
    this.reason = problem.reason;
    this.status = problem.status;
  }
}

/** What a second factor mends; everything else of 401 asks for a log-in. */
const SECOND_FACTOR = ["second-factor-missing", "second-factor-stale", "second-factor-unenrolled"];

export function get(path) {
  return ask(path, { method: "GET" });
}

export function post(path, value = {}) {
  return ask(path, {
    method: "POST",
    body: JSON.stringify(value),
    headers: { "Content-Type": "application/json" },
  });
}

/**
 * As {@link get} and {@link post}, but sends the visitor where the refusal can be mended: to the log-in or the second factor.
 */
export async function orProve(question) {
  try {
    return await question;
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 401) throw error;
    const page = SECOND_FACTOR.includes(error.reason) ? "/second-factor" : "/log-in";
    location.assign(`${page}?${new URLSearchParams({ next: location.pathname + location.search })}`);
    return await new Promise(() => {});
  }
}

/** Where to go on after a log-in or second factor: a page of this site, whatever the address says. */
export function nextPage(otherwise) {
  const wanted = new URLSearchParams(location.search).get("next") ?? "";
  const url = new URL(wanted.startsWith("/") ? wanted : otherwise, location.origin);
  return url.origin === location.origin ? url.pathname + url.search : otherwise;
}

async function ask(path, options) {
  const headers = { ...options.headers, "Accept-Language": language, Accept: "application/json" };
  const response = await fetch(path, { ...options, headers }).catch(() => undefined);
  if (response === undefined) throw new Refusal({ status: 0, title: word("no-answer") });
  const text = await response.text();
  const value = text === "" ? null : JSON.parse(text);
  if (!response.ok) throw new Refusal(value ?? { status: response.status, title: response.statusText });
  return value;
}
