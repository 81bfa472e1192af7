import type { Response } from "express";

/** How a handler answered on a guarded route. Only a value can become a disclosure; everything else is an error or refused. */
export type HandlerAnswer =
  | { readonly way: "value"; readonly value: unknown }
  | { readonly way: "text"; readonly text: string }
  | { readonly way: "empty" }
  | { readonly way: "undeclared"; readonly method: string };

type Method = (this: Response, ...args: never[]) => unknown;

/**
 * The seal of one response.
 *
 * - `open`: the handler has not answered;
 * - `answered`: it has, and nothing it does from now on counts;
 * - `released`: Garim's own bytes are on their way through whatever the host mounted (compression, sessions).
 */
interface Seal {
  phase: "open" | "answered" | "released";
  /** The response as it was: its prototype, and the methods earlier middleware had put on the response itself. */
  readonly base: Record<string, Method>;
  readonly own: Record<string, Method>;
  readonly headers: ReadonlySet<string>;
  readonly onAnswer: (answer: HandlerAnswer) => void;
  readonly onDropped: (header: string) => void;
}

const SEAL: unique symbol = Symbol("garim.seal");

type Sealed = Response & { [SEAL]: Seal };

interface SealOptions {
  /** Lower-case names of headers the route may set, besides those that carry no data. */
  readonly headers: ReadonlySet<string>;
  readonly onAnswer: (answer: HandlerAnswer) => void;
  /** A header the handler set and that is not sent. */
  readonly onDropped: (header: string) => void;
}

/** Headers a handler may set, with the values they may have: they say something of the answer and hold nothing of its data. */
const HARMLESS_HEADERS: ReadonlyMap<string, RegExp> = new Map([
  ["vary", /^(?:\*|(?:accept|accept-encoding|accept-language|authorization|cookie|origin)(?:, ?(?!$)|$))+$/i],
  ["content-language", /^[a-z]{2}(?:-[A-Z]{2})?$/],
  ["retry-after", /^\d{1,6}$/],
  ["allow", /^(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)(?:, ?(?!$)|$))+$/],
]);

/** What Express sets on its own way to a body; Garim sets its own. */
const REPLACED_HEADERS: ReadonlySet<string> = new Set([
  "content-type",
  "content-length",
  "etag",
  "cache-control",
]);

/**
 * Seals a response: from here on the handler can only hand over one answer, and no byte of its own reaches the socket.
 *
 * Express gives every response its prototype; the seal puts one more in front of it, so it covers whatever Express or
 * Node would write with. Methods that earlier middleware put on the response itself are set aside and come back on release.
 */
export function sealResponse(res: Response, options: SealOptions): void {
  const base = Object.getPrototypeOf(res) as Record<string, Method>;
  const own: Record<string, Method> = {};
  for (const name of SEALED_NAMES) {
    if (!Object.hasOwn(res, name)) continue;
    own[name] = (res as unknown as Record<string, Method>)[name] as Method;
    (res as unknown as Record<string, Method>)[name] = SEALED_METHODS[name] as Method;
  }
  (res as Sealed)[SEAL] = { phase: "open", base, own, ...options };
  Object.setPrototypeOf(res, sealedPrototype(base));
}

/** Lets Garim's own answer through the seal. On a response without one there is nothing to do. */
export function releaseResponse(res: Response): void {
  if (isSealed(res)) (res as Sealed)[SEAL].phase = "released";
}

/** Whether the response is under a seal already: a second guard on the same route adds nothing and must not take it off. */
export function isSealed(res: Response): boolean {
  return SEAL in res;
}

const PROTOTYPES = new WeakMap<object, object>();

function sealedPrototype(base: object): object {
  const known = PROTOTYPES.get(base);
  if (known !== undefined) return known;
  const sealed = Object.assign(Object.create(base), SEALED_METHODS);
  PROTOTYPES.set(base, sealed);
  return sealed;
}

/** Takes the handler's answer, the first one only. */
function answer(res: Sealed, given: HandlerAnswer): Response {
  const seal = res[SEAL];
  if (seal.phase !== "open") return res;
  seal.phase = "answered";
  seal.onAnswer(given);
  return res;
}

/** A method that does something else, or nothing, while sealed. */
function instead(name: string, does: (res: Sealed, args: readonly unknown[]) => unknown): Method {
  return function (this: Response, ...args: never[]): unknown {
    const res = this as Sealed;
    return res[SEAL].phase === "released" ? passOn(res, name, args) : does(res, args);
  };
}

/** A method that answers while sealed, and is the host's own again once released. */
function answering(name: string, given: (args: readonly unknown[], res: Sealed) => HandlerAnswer): Method {
  return instead(name, (res, args) => answer(res, given(args, res)));
}

/** A way to answer that no schema covers. */
function undeclared(method: string): Method {
  return answering(method, () => ({ way: "undeclared", method }));
}

/** A way to write bytes. A stream piping into it must neither wait for a drain that never comes nor meet an exception. */
function swallowing(name: string): Method {
  return instead(name, (res) => {
    answer(res, { way: "undeclared", method: name });
    return true;
  });
}

/** A way to set a header: only what carries no data goes through. */
function checking(name: string): Method {
  return instead(name, (res, args) => {
    const [header, value] = args;
    return maySet(res[SEAL], String(header).toLowerCase(), value) ? passOn(res, name, args as never[]) : res;
  });
}

function passOn(res: Sealed, name: string, args: never[]): unknown {
  const { own, base } = res[SEAL];
  return (own[name] ?? (base[name] as Method)).apply(res, args);
}

/** As Express reads `send`: text and bytes are written as they are, nothing is empty, everything else is JSON. */
export function sent(body: unknown): HandlerAnswer {
  if (typeof body === "string") return { way: "text", text: body };
  if (ArrayBuffer.isView(body) || body instanceof ArrayBuffer) return { way: "undeclared", method: "send" };
  return body === undefined ? { way: "empty" } : { way: "value", value: body };
}

export function ended(chunk: unknown): HandlerAnswer {
  const isEmpty = chunk === undefined || chunk === null || chunk === "" || typeof chunk === "function";
  return isEmpty ? { way: "empty" } : { way: "undeclared", method: "end" };
}

function maySet(seal: Seal, header: string, value: unknown): boolean {
  if (REPLACED_HEADERS.has(header)) return false;
  if (isLetThrough(header, value, seal.headers)) return true;
  seal.onDropped(header);
  return false;
}

/** Whether a header that a handler set says nothing of the data: Garim's own in its place, one the route named, or a harmless one. */
export function isLetThrough(header: string, value: unknown, named: ReadonlySet<string>): boolean {
  if (REPLACED_HEADERS.has(header) || named.has(header)) return true;
  return HARMLESS_HEADERS.get(header)?.test(String(value)) === true;
}

function setEach(res: Sealed, headers: unknown): Response {
  for (const [name, value] of headers as Iterable<[string, string]>) res.setHeader(name, value);
  return res;
}

function takeStatus(res: Sealed, status: unknown): Sealed {
  if (typeof status === "number") res.statusCode = status;
  return res;
}

/**
 * Every method of Express's or Node's response that puts something on the wire. `_send` and `_writeRaw` are Node's inner
 * ones: they stop who calls `ServerResponse.prototype.end.call(res, …)`.
 */
const SEALED_METHODS: Readonly<Record<string, Method>> = Object.freeze({
  json: answering("json", ([value]) => ({ way: "value", value })),
  send: answering("send", ([body]) => sent(body)),
  end: answering("end", ([chunk]) => ended(chunk)),
  // Express sends a short text of its own for a bare status: nothing of it is the handler's.
  sendStatus: instead("sendStatus", (res, [status]) => answer(takeStatus(res, status), { way: "empty" })),
  jsonp: undeclared("jsonp"),
  redirect: undeclared("redirect"),
  render: undeclared("render"),
  sendFile: undeclared("sendFile"),
  download: undeclared("download"),
  write: swallowing("write"),
  _send: swallowing("_send"),
  _writeRaw: swallowing("_writeRaw"),
  setHeader: checking("setHeader"),
  appendHeader: checking("appendHeader"),
  setHeaders: instead("setHeaders", (res, [headers]) => setEach(res, headers)),
  writeHead: instead("writeHead", (res, [status]) => takeStatus(res, status)),
  flushHeaders: instead("flushHeaders", () => undefined),
  addTrailers: instead("addTrailers", () => undefined),
  writeEarlyHints: instead("writeEarlyHints", () => undefined),
});

const SEALED_NAMES: readonly string[] = Object.keys(SEALED_METHODS);
