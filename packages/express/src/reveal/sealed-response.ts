import type { Response } from "express";
import { isLetThrough, REPLACED_HEADERS } from "./handler-headers.ts";

/** How a handler answered on a guarded route. Only a value can become a disclosure; everything else is an error or refused. */
export type HandlerAnswer =
  | { readonly way: "value"; readonly value: unknown }
  | { readonly way: "text"; readonly text: string }
  | { readonly way: "empty" }
  | { readonly way: "undeclared"; readonly method: string };

type Method = (this: Response, ...args: never[]) => unknown;
type SealedName =
  | "json"
  | "send"
  | "end"
  | "sendStatus"
  | "jsonp"
  | "redirect"
  | "render"
  | "sendFile"
  | "download"
  | "write"
  | "_send"
  | "_writeRaw"
  | "setHeader"
  | "appendHeader"
  | "setHeaders"
  | "writeHead"
  | "flushHeaders"
  | "addTrailers"
  | "writeEarlyHints";
type Methods = Record<SealedName, Method>;

/**
 * The seal of one response.
 *
 * - `open`: the handler has not answered;
 * - `answered`: it has, and nothing it does from now on counts;
 * - `released`: Garim hands its own answer to whatever the host mounted (compression, sessions), in one call;
 * - `held`: what is mounted behind the guard has the answer and ends it later, by the methods it took when the response was sealed;
 * - `sent`: the answer has gone past the seal. What is mounted before the guard may still hold its end back (a session is stored
 *   first), so a handler that writes now must be kept from following Garim's bytes with its own.
 */
interface Seal {
  phase: "open" | "answered" | "released" | "held" | "sent";
  /** Whether the answer's end went past the seal. */
  isEnded: boolean;
  /** Whether the head is being written, and those who wait for that may still set headers. */
  isHeading: boolean;
  /** The response as it was: its prototype, and the methods earlier middleware had put on the response itself. */
  readonly base: Methods;
  readonly own: Partial<Methods>;
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

/**
 * Seals a response: from here on the handler can only hand over one answer, and no byte of its own reaches the socket.
 *
 * Every method that puts something on the wire is covered by one on the response itself, so whatever Express, Node or earlier
 * middleware would write with is set aside. A prototype of the seal's own would do the same, and cost each request more than
 * everything else the seal does: setting a prototype throws away what Node has learnt of the response's form.
 */
export function sealResponse(res: Response, options: SealOptions): void {
  const base = Object.getPrototypeOf(res) as Methods;
  (res as Sealed)[SEAL] = {
    phase: "open",
    isEnded: false,
    isHeading: false,
    base,
    own: ownMethods(res),
    ...options,
  };
  cover(res as unknown as Methods);
}

/** The methods that earlier middleware put on the response itself. */
function ownMethods(res: Response): Partial<Methods> {
  const own: Partial<Methods> = {};
  for (const name of SEALED_NAMES)
    if (Object.hasOwn(res, name)) own[name] = (res as unknown as Methods)[name];
  return own;
}

/** One by one, by name: V8 makes a slow dictionary of an object that a loop gives more than a dozen members. */
function cover(res: Methods): void {
  const sealed = SEALED_METHODS;
  res.json = sealed.json;
  res.send = sealed.send;
  res.end = sealed.end;
  res.sendStatus = sealed.sendStatus;
  res.jsonp = sealed.jsonp;
  res.redirect = sealed.redirect;
  res.render = sealed.render;
  res.sendFile = sealed.sendFile;
  res.download = sealed.download;
  res.write = sealed.write;
  res._send = sealed._send;
  res._writeRaw = sealed._writeRaw;
  res.setHeader = sealed.setHeader;
  res.appendHeader = sealed.appendHeader;
  res.setHeaders = sealed.setHeaders;
  res.writeHead = sealed.writeHead;
  res.flushHeaders = sealed.flushHeaders;
  res.addTrailers = sealed.addTrailers;
  res.writeEarlyHints = sealed.writeEarlyHints;
}

/**
 * Lets Garim's own answer through the seal, and nothing after it. On a response without a seal the answer is simply given.
 *
 * @param give - answers, by one call of `res.end`
 * @returns whether it did: an answer that was given cannot be given again
 */
export function throughSeal(res: Response, give: () => void): boolean {
  if (!isSealed(res)) {
    give();
    return true;
  }
  const seal = (res as Sealed)[SEAL];
  if (seal.phase === "held" || seal.phase === "sent") return false;
  release(seal, give);
  return true;
}

function release<T>(seal: Seal, does: () => T): T {
  seal.phase = "released";
  try {
    return does();
  } finally {
    seal.phase = seal.isEnded ? "sent" : "held";
  }
}

/** Whether the response is under a seal already: a second guard on the same route adds nothing and must not take it off. */
export function isSealed(res: Response): boolean {
  return SEAL in res;
}

/** Takes the handler's answer, the first one only. */
function answer(res: Sealed, given: HandlerAnswer): Response {
  const seal = res[SEAL];
  if (seal.phase !== "open") return res;
  seal.phase = "answered";
  seal.onAnswer(given);
  return res;
}

/** A method that does something else, or nothing, unless Garim answers. */
function instead(name: SealedName, does: (res: Sealed, args: readonly unknown[]) => unknown): Method {
  return function (this: Response, ...args: never[]): unknown {
    const res = this as Sealed;
    return res[SEAL].phase === "released" ? passOn(res, name, args) : does(res, args);
  };
}

/** A method that what is mounted behind the guard calls again when it ends an answer that it held. */
function ending(name: "end" | "write", does: (res: Sealed, args: readonly unknown[]) => unknown): Method {
  return function (this: Response, ...args: never[]): unknown {
    const res = this as Sealed;
    const seal = res[SEAL];
    if (seal.phase !== "released" && !(seal.phase === "held" && isTaken(res, name))) return does(res, args);
    if (name === "end") seal.isEnded = true;
    return seal.phase === "released" ? passOn(res, name, args) : release(seal, () => passOn(res, name, args));
  };
}

/** Whether something behind the guard stands in a method's place: whoever answers late reaches that, and not the seal. */
function isTaken(res: Sealed, name: SealedName): boolean {
  return (res as unknown as Record<string, Method>)[name] !== SEALED_METHODS[name];
}

/** One of Node's inner ways to the socket. They serve Garim's answer until it has left. */
function inner(name: SealedName): Method {
  return function (this: Response, ...args: never[]): unknown {
    const res = this as Sealed;
    return isGiven(res[SEAL]) ? passOn(res, name, args) : swallow(res, name);
  };
}

function isGiven({ phase }: Seal): boolean {
  return phase === "released" || phase === "held" || phase === "sent";
}

/** The head: it is Garim's own, and whoever waits for it may add to it. */
function heading(this: Response, ...args: never[]): unknown {
  const res = this as Sealed;
  const seal = res[SEAL];
  if (!isGiven(seal)) return takeStatus(res, args[0]);
  if (seal.phase === "released") return passOn(res, "writeHead", args);
  // A handler may have written on it meanwhile.
  res.statusMessage = "";
  seal.isHeading = true;
  try {
    return passOn(res, "writeHead", [res.statusCode as never]);
  } finally {
    seal.isHeading = false;
  }
}

/** A method that answers while sealed, and is the host's own again once released. */
function answering(
  name: SealedName,
  given: (args: readonly unknown[], res: Sealed) => HandlerAnswer,
): Method {
  return instead(name, (res, args) => answer(res, given(args, res)));
}

/** A way to answer that no schema covers. */
function undeclared(method: SealedName): Method {
  return answering(method, () => ({ way: "undeclared", method }));
}

/** A way to write bytes. A stream piping into it must neither wait for a drain that never comes nor meet an exception. */
function swallow(res: Sealed, method: string): true {
  answer(res, { way: "undeclared", method });
  return true;
}

/** A way to set a header: only what carries no data goes through. */
function checking(name: SealedName): Method {
  return instead(name, (res, args) => {
    const [header, value] = args;
    const isAllowed = res[SEAL].isHeading || maySet(res[SEAL], String(header).toLowerCase(), value);
    return isAllowed ? passOn(res, name, args as never[]) : res;
  });
}

function passOn(res: Sealed, name: SealedName, args: never[]): unknown {
  const { own, base } = res[SEAL];
  return (own[name] ?? base[name]).apply(res, args);
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
const SEALED_METHODS: Methods = {
  json: answering("json", ([value]) => ({ way: "value", value })),
  send: answering("send", ([body]) => sent(body)),
  end: ending("end", (res, [chunk]) => answer(res, ended(chunk))),
  // Express sends a short text of its own for a bare status: nothing of it is the handler's.
  sendStatus: instead("sendStatus", (res, [status]) => answer(takeStatus(res, status), { way: "empty" })),
  jsonp: undeclared("jsonp"),
  redirect: undeclared("redirect"),
  render: undeclared("render"),
  sendFile: undeclared("sendFile"),
  download: undeclared("download"),
  write: ending("write", (res) => swallow(res, "write")),
  _send: inner("_send"),
  _writeRaw: inner("_writeRaw"),
  setHeader: checking("setHeader"),
  appendHeader: checking("appendHeader"),
  setHeaders: instead("setHeaders", (res, [headers]) => setEach(res, headers)),
  writeHead: heading,
  flushHeaders: instead("flushHeaders", () => undefined),
  addTrailers: instead("addTrailers", () => undefined),
  writeEarlyHints: instead("writeEarlyHints", () => undefined),
};

const SEALED_NAMES = Object.keys(SEALED_METHODS) as SealedName[];
