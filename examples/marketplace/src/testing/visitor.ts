import { createHmac } from "node:crypto";
import { DEMO_PASSWORD } from "../demo.ts";

/** An answer of the marketplace, read. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the route answers
  readonly body: any;
}

/** Somebody at the marketplace with a browser's cookies. */
export interface Visitor {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  /** The cookies as they are now, to be presented again later. */
  cookie(): string;
}

export function createVisitor(url: string): Visitor {
  const cookies = new Map<string, string>();
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(url + path, { ...init, headers: { ...init.headers, cookie: cookie() } });
    for (const set of response.headers.getSetCookie()) keep(cookies, set);
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };
  return {
    cookie,
    get: (path) => ask(path, {}),
    patch: (path, body) => ask(path, withJson("PATCH", body)),
    put: (path, body) => ask(path, withJson("PUT", body)),
    post: (path, body = {}, headers = {}) =>
      ask(path, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { ...headers, "content-type": "application/json" },
      }),
  };
}

function withJson(method: string, body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

/** Logs a visitor in with the marketplace's own log-in. */
export async function logIn(url: string, user: string): Promise<Visitor> {
  const visitor = createVisitor(url);
  await visitor.post("/login", { user, password: DEMO_PASSWORD });
  return visitor;
}

/** Enrols an authenticator and proves it. Returns its secret, for later codes. */
export async function enrol(visitor: Visitor, now: number): Promise<string> {
  const { body } = await visitor.post("/privacy/factors/totp");
  await visitor.post("/privacy/factors/totp/confirmation", { code: codeOf(body.secret, now) });
  return body.secret;
}

/** The code an authenticator shows (RFC 6238: SHA-1, 30 seconds, six digits). */
export function codeOf(secret: string, now: number): string {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac("sha1", fromBase32(secret)).update(step).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, "0");
}

function fromBase32(text: string): Buffer {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

function keep(cookies: Map<string, string>, set: string): void {
  const [pair = ""] = set.split(";");
  const [name = "", value = ""] = pair.split("=");
  if (value === "") cookies.delete(name);
  else cookies.set(name, value);
}
