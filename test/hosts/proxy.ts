import { randomUUID } from "node:crypto";
import { type IncomingMessage, type RequestListener, request, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { isAnna } from "./host.ts";

/** Somebody logged in at the proxy. */
export interface ProxySession {
  readonly id: string;
  readonly user: string;
  readonly loggedInAt: number;
}

export interface Proxy {
  readonly listener: RequestListener;
  /** Ends a log-in, as the app behind asks for. */
  logOut(id: string): void;
}

interface ProxyOptions {
  /** Where the app is: nobody but the proxy talks to it. */
  readonly target: () => string;
  readonly now: () => number;
  /** Headers that only the proxy may set, lower case: what a browser sends under these names is thrown away. */
  readonly own: readonly string[];
  /** What the app is told of who is logged in. */
  readonly tell: (session: ProxySession) => Promise<Readonly<Record<string, string>>>;
}

/** A small reverse proxy that logs people in, as an identity-aware proxy or an API gateway does. */
export function createProxy({ target, now, own, tell }: ProxyOptions): Proxy {
  const sessions = new Map<string, ProxySession>();

  async function logIn(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (!isAnna(await json(req))) return void res.writeHead(401).end();
    const session = { id: randomUUID(), user: "anna", loggedInAt: now() };
    sessions.set(session.id, session);
    res.writeHead(204, { "set-cookie": `gateway=${session.id}; Path=/; HttpOnly; SameSite=Lax` }).end();
  }

  async function pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [, id = ""] = /(?:^|; )gateway=([\w-]+)/.exec(req.headers.cookie ?? "") ?? [];
    const session = sessions.get(id);
    const kept = Object.entries(req.headers).filter(([name]) => !own.includes(name));
    const headers = { ...Object.fromEntries(kept), ...(session ? await tell(session) : {}) };
    const { method, url } = req;
    const forward = request(`${target()}${url}`, { method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    req.pipe(forward.on("error", () => res.destroy()));
  }

  return {
    listener: (req, res) => void (req.url === "/login" ? logIn(req, res) : pass(req, res)),
    logOut: (id) => void sessions.delete(id),
  };
}
