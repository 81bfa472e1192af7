import type { Response } from "express";
import { isLetThrough } from "../reveal/handler-headers.ts";
import { ended, type HandlerAnswer, sent } from "../reveal/sealed-response.ts";

/** What a handler answered, with the response as it was then. */
export interface WatchedAnswer {
  readonly given: HandlerAnswer;
  readonly status: number;
  /** Names of headers set behind the guard that a sealed response would not send. */
  readonly dropped: readonly string[];
}

type Method = (this: Response, ...args: unknown[]) => unknown;

type Reading = (args: readonly unknown[]) => HandlerAnswer;

const undeclared =
  (method: string): Reading =>
  () => ({ way: "undeclared", method });

/** Every way to answer that Express and Node offer; the first one that is used is the handler's. */
const WAYS: Readonly<Record<string, Reading>> = Object.freeze<Record<string, Reading>>({
  json: ([value]) => ({ way: "value", value }),
  send: ([body]) => sent(body),
  end: ([chunk]) => ended(chunk),
  sendStatus: () => ({ way: "empty" }),
  jsonp: undeclared("jsonp"),
  redirect: undeclared("redirect"),
  render: undeclared("render"),
  sendFile: undeclared("sendFile"),
  download: undeclared("download"),
  write: undeclared("write"),
});

/**
 * Watches how a handler answers, without touching the answer: each method does what it did, at the moment it did, with what it was
 * given. Only then, and whatever comes of it, `onAnswer` hears of it; it must not throw.
 */
export function watchResponse(
  res: Response,
  headers: ReadonlySet<string>,
  onAnswer: (answer: WatchedAnswer) => void,
): void {
  const methods = res as unknown as Record<string, Method>;
  const before = new Set(res.getHeaderNames());
  let isTaken = false;
  for (const [name, read] of Object.entries(WAYS)) {
    const own = methods[name];
    if (typeof own !== "function") continue;
    methods[name] = function (this: Response, ...args: unknown[]): unknown {
      if (isTaken) return own.apply(this, args);
      isTaken = true;
      const status = name === "sendStatus" ? Number(args[0]) : res.statusCode;
      const watched = { given: read(args), status, dropped: droppedOf(res, before, headers) };
      const result = callThrough(own, this, args, () => {
        // What threw has not answered: an error handler will.
        isTaken = false;
      });
      onAnswer(watched);
      return result;
    };
  }
}

function callThrough(method: Method, res: Response, args: readonly unknown[], onThrow: () => void): unknown {
  try {
    return method.apply(res, [...args]);
  } catch (error) {
    onThrow();
    throw error;
  }
}

function droppedOf(
  res: Response,
  before: ReadonlySet<string>,
  headers: ReadonlySet<string>,
): readonly string[] {
  return res
    .getHeaderNames()
    .filter((name) => !before.has(name) && !isLetThrough(name, res.getHeader(name), headers));
}
