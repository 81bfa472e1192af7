import { below } from "./host.ts";
import { language, wordsOf } from "./words.ts";

/** What the server says of a refusal (RFC 9457), as far as pages use it. */
interface Problem {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly remedy?: string;
  readonly source?: string;
  readonly reason?: string;
  readonly code?: string;
  readonly page?: string;
  readonly action?: string;
}

const say = wordsOf(
  {
    unreachable: "서버에 연결할 수 없습니다. 인터넷 연결을 확인하고 다시 시도해 주세요.",
    unreadable: "서버의 답을 읽을 수 없습니다.",
  },
  {
    unreachable: "The server cannot be reached. Check your connection and try again.",
    unreadable: "The server's answer cannot be read.",
  },
);

/** Why something was not done: the words for people, the reason for programs, and the page that mends it. */
export class Refusal extends Error {
  readonly status: number;
  readonly reason: string | undefined;
  readonly source: string | undefined;
  readonly page: string | undefined;
  readonly action: string | undefined;

  constructor({ title = "", detail, remedy, status = 0, reason, code, source, page, action }: Problem) {
    super([detail ?? title, remedy].filter(Boolean).join(" "));
    this.status = status;
    this.reason = reason ?? code;
    this.source = source;
    this.page = page;
    this.action = action;
  }
}

export type Method = "GET" | "POST" | "PATCH" | "DELETE" | "PUT";

/** What a request may be told besides its body. */
export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Stay here though another page would mend a refusal. */
  readonly stays?: boolean;
}

/**
 * Asks one of our endpoints.
 *
 * @param path - from the mount on, e.g. `factors/totp`
 * @returns the JSON of the answer; `undefined` where it has none
 * @throws Refusal; where another page mends it (log-in, second factor) the browser is on its way there
 */
export async function api<T>(
  method: Method,
  path: string,
  body?: object,
  options: AskOptions = {},
): Promise<T> {
  const response = await request(method, path, body, options);
  const text = await response.text();
  const value = parse(text);
  if (response.ok) return value as T;
  const refusal = new Refusal({ title: response.statusText, ...(value as Problem), status: response.status });
  if (options.stays !== true && refusal.page !== undefined) leaveFor(refusal);
  throw refusal;
}

async function request(
  method: Method,
  path: string,
  body: object | undefined,
  { signal }: AskOptions,
): Promise<Response> {
  const headers: Record<string, string> = { "Accept-Language": language, Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const init: RequestInit = { method, headers, cache: "no-store" };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal !== undefined) init.signal = signal;
  try {
    return await fetch(below(path), init);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Refusal({ title: say.unreachable });
  }
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { title: say.unreadable };
  }
}

/** Leaves for the page that mends a refusal, if it is not this one; it brings back to where the reader is now. */
export function leaveFor({ page, reason, action }: Pick<Refusal, "page" | "reason" | "action">): void {
  if (page === undefined || page === location.pathname) return;
  const told = {
    ...(reason && { reason }),
    ...(action && { action }),
    return: location.pathname + location.search,
  };
  location.assign(`${page}?${new URLSearchParams(told)}`);
}
