import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Client } from "./client.ts";
import { beginConnection, endConnection, type Journey } from "./connection.ts";
import { writeLabels } from "./labels.ts";
import { homePage } from "./pages.ts";
import type { Store } from "./store.ts";
import { sync } from "./sync.ts";

/** What the pages work with. */
export interface Desk {
  readonly store: Store;
  readonly client: Client;
  /** This tool's own address. */
  readonly url: string;
}

interface Answer {
  readonly status: number;
  readonly type: "text/html" | "text/plain";
  readonly body: string;
  readonly location?: string;
}

const HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    "default-src 'none'; form-action 'self' http: https:; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** A seller who does not come back within this time begins again. */
const JOURNEY_MS = 600_000;
const MOST_JOURNEYS = 100;

/** Makes the tool's own pages, for whoever works with it on this machine. */
export function createPages(desk: Desk): Server {
  const journeys = new Map<string, Journey>();
  let said = "";

  async function connect(): Promise<Answer> {
    const journey = await beginConnection(desk.client, `${desk.url}/callback`);
    const [oldest] = journeys.keys();
    if (journeys.size >= MOST_JOURNEYS && oldest !== undefined) journeys.delete(oldest);
    journeys.set(journey.state, journey);
    setTimeout(() => journeys.delete(journey.state), JOURNEY_MS).unref();
    return goTo(journey.url.href);
  }

  async function callback(url: URL): Promise<Answer> {
    const state = url.searchParams.get("state") ?? "";
    const journey = journeys.get(state);
    journeys.delete(state);
    if (journey === undefined)
      return tell(400, "이 연결은 시작되지 않았거나 너무 오래됐습니다. Nobody began this, or too long ago.");
    const agreed = await endConnection(desk.client, desk.store, journey, url);
    said = `${agreed.join(", ")} 연결됨. Connected.`;
    return goTo("/");
  }

  async function syncNow(): Promise<Answer> {
    const { lines, masked, gone } = await sync(desk.client, desk.store);
    const ended =
      gone.length === 0 ? "" : ` ${gone.join(", ")}: 연결이 끝나 지웠습니다. Connection ended, deleted.`;
    said = `주문 ${lines}건, 가려진 것 ${masked}건. ${lines} lines, ${masked} of them masked.${ended}`;
    return goTo("/");
  }

  async function answer(req: IncomingMessage): Promise<Answer> {
    const url = new URL(req.url ?? "/", desk.url);
    if (req.method === "POST" && !isOwnPage(req, desk.url)) return tell(403, "Another site sent this.");
    switch (`${req.method} ${url.pathname}`) {
      case "GET /":
        return { status: 200, type: "text/html", body: homePage(desk.store.read(), said) };
      case "POST /connect":
        return await connect();
      case "GET /callback":
        return await callback(url);
      case "POST /sync":
        return await syncNow();
      case "GET /labels":
        return tell(200, writeLabels(desk.store.read().lines));
      default:
        return tell(404, "Not here.");
    }
  }

  return createServer(async (req, res) => {
    try {
      send(res, await answer(req));
    } catch (error) {
      send(res, tell(502, describe(error)));
    }
  });
}

function isOwnPage({ headers }: IncomingMessage, url: string): boolean {
  const site = headers["sec-fetch-site"];
  return site === undefined ? headers.origin === undefined || headers.origin === url : site === "same-origin";
}

/** The marketplace says in its answer why it refused, and what would help. */
function describe(error: unknown): string {
  const { cause, message } = error as { readonly cause?: unknown; readonly message: string };
  return typeof cause === "object" && cause !== null && !(cause instanceof Error)
    ? `${message}\n${JSON.stringify(cause, null, 2)}`
    : message;
}

function tell(status: number, body: string): Answer {
  return { status, type: "text/plain", body };
}

function goTo(location: string): Answer {
  return { status: 303, type: "text/plain", body: "", location };
}

function send(res: ServerResponse, { status, type, body, location }: Answer): void {
  const where = location === undefined ? {} : { Location: location };
  res.writeHead(status, { ...HEADERS, ...where, "Content-Type": `${type}; charset=utf-8` });
  res.end(body);
}
