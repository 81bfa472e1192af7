import { language, word } from "./words.js";

/** A refusal of the server: problem JSON, with the reason programs read and the words people read. */
export class Refusal extends Error {
  constructor(problem) {
    super([problem.detail ?? problem.title, problem.remedy].filter(Boolean).join(" "));
    this.status = problem.status;
    this.reason = problem.reason;
    /** The page that mends it, where there is one, and what a second factor is asked for there. */
    this.page = problem.page;
    this.action = problem.action;
    /** What could be posted in place of a reply that is held. */
    this.suggestion = problem.suggestion;
  }
}

export function get(path) {
  return ask(path, { method: "GET" });
}

export function post(path, value) {
  return send("POST", path, value);
}

/** A file that is asked for, with the name it came under. */
export async function postForFile(path, value) {
  const response = await request(path, bodyOf("POST", value));
  const [, name = "file"] =
    /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "") ?? [];
  return new File([await response.blob()], name);
}

export function patch(path, value) {
  return send("PATCH", path, value);
}

export function remove(path) {
  return ask(path, { method: "DELETE" });
}

/** Leaves for the page that mends a refusal, if it is not this one; it brings back to where the visitor is now. */
export function leaveFor({ page, reason, action }) {
  if (page === undefined || page === location.pathname) return false;
  const back = location.pathname + location.search;
  const told = { reason, ...(action === undefined ? {} : { action }), return: back };
  location.assign(`${page}?${new URLSearchParams(told)}`);
  return true;
}

function send(method, path, value = {}) {
  return ask(path, bodyOf(method, value));
}

function bodyOf(method, value) {
  return { method, body: JSON.stringify(value), headers: { "Content-Type": "application/json" } };
}

async function ask(path, options) {
  return parse(await (await request(path, options)).text());
}

async function request(path, options) {
  const headers = { ...options.headers, "Accept-Language": language, Accept: "application/json" };
  const response = await fetch(path, { ...options, headers }).catch(() => undefined);
  if (response === undefined) throw new Refusal({ title: word("no-answer") });
  if (!response.ok) throw new Refusal(parse(await response.text()) ?? { title: response.statusText });
  return response;
}

function parse(text) {
  return text === "" ? null : JSON.parse(text);
}
