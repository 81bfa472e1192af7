import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Client } from "./client.ts";
import { beginConnection, endConnection, type Journey } from "./connection.ts";
import { chosenIn, keepLanguage, type Language, languageOf, type Words } from "./language.ts";
import { homePage } from "./page/home.ts";
import { labelsPage } from "./page/labels.ts";
import { problemPage } from "./page/problem.ts";
import { STYLE } from "./page/style.ts";
import { type Problem, problem, problemOf } from "./problem.ts";
import type { Store } from "./store.ts";
import type { Synced } from "./sync.ts";

/** What is put down of a request that came to nothing: nobody's data, and what to look it up by. */
export interface Failure {
  readonly trace: string;
  readonly route: string;
  readonly code: string;
  readonly marketTrace: string | null;
  readonly cause: string;
}

/** What the pages work with. */
export interface Desk {
  readonly store: Store;
  readonly client: Client;
  /** This tool's own address. */
  readonly url: string;
  readonly report: (failure: Failure) => void;
}

interface Answer {
  readonly status: number;
  readonly type: "text/html" | "text/css" | "text/plain";
  readonly body: string;
  readonly location?: string;
}

/** A seller who does not come back within this time begins again. */
const JOURNEY_MS = 600_000;
const MOST_JOURNEYS = 100;

const SAY = {
  connected: (sellers: string): Words => ({ ko: `연결됐습니다: ${sellers}`, en: `Connected: ${sellers}` }),
  // What was kept of an order is replaced by what is still shown of it, so both numbers stand for all sellers.
  synced: ({ lines, masked }: Synced): Words => ({
    ko: `주문 ${lines}건을 가져왔습니다. 그 가운데 ${masked}건은 가려져 있습니다.`,
    en: `${lines} lines, ${masked} of them masked.`,
  }),
  receipts: (lines: number): Words => ({
    ko: ` ${lines}건은 파기했다고 마켓플레이스에 알렸습니다.`,
    en: ` The marketplace was told that ${lines} are destroyed here.`,
  }),
  gone: (sellers: string): Words => ({
    ko: ` ${sellers}: 연동이 끝나 가지고 있던 주문을 지웠습니다.`,
    en: ` ${sellers}: the connection ended, what was kept of it is deleted.`,
  }),
};

const NOTHING: Words = { ko: "", en: "" };

/** Makes the tool's own pages, for whoever works with it on this machine. @param readOrders - reads them now */
export function createPages(desk: Desk, readOrders: () => Promise<Synced>): Server {
  const journeys = new Map<string, Journey>();
  const headers = headersOf(desk);
  let said = NOTHING;

  async function connect(language: Language): Promise<Answer> {
    const journey = await beginConnection(desk.client, `${desk.url}/callback`, language);
    const [oldest] = journeys.keys();
    if (journeys.size >= MOST_JOURNEYS && oldest !== undefined) journeys.delete(oldest);
    journeys.set(journey.state, journey);
    setTimeout(() => journeys.delete(journey.state), JOURNEY_MS).unref();
    return goTo(journey.url.href);
  }

  async function callback(url: URL, language: Language): Promise<Answer> {
    const state = url.searchParams.get("state") ?? "";
    const journey = journeys.get(state);
    journeys.delete(state);
    if (journey === undefined) return fail(problem("not-begun"), "GET /callback", language);
    const agreed = await endConnection(desk.client, desk.store, journey, url);
    said = SAY.connected(agreed.join(", "));
    return goTo("/");
  }

  async function syncNow(): Promise<Answer> {
    const synced = await readOrders();
    said = SAY.synced(synced);
    if (synced.receipts > 0) said = join(said, SAY.receipts(synced.receipts));
    if (synced.gone.length > 0) said = join(said, SAY.gone(synced.gone.join(", ")));
    return goTo("/");
  }

  /** What the last deed came to is said once. */
  function home(language: Language): Answer {
    const text = said[language];
    said = NOTHING;
    return show(homePage(desk.store.read(), text, language));
  }

  /** Whoever asks about it names the trace. */
  function fail(told: Problem, route: string, language: Language, cause = ""): Answer {
    const trace = randomUUID();
    desk.report({ trace, route, code: told.code, marketTrace: told.marketTrace, cause });
    return show(problemPage(told, trace, language), told.status);
  }

  async function answer(req: IncomingMessage, url: URL, language: Language): Promise<Answer> {
    if (req.method === "POST" && !isOwnPage(req, desk.url)) return tell(403, "Another site sent this.");
    switch (routeOf(req, url)) {
      case "GET /":
        return home(language);
      case "POST /connect":
        return await connect(language);
      case "GET /callback":
        return await callback(url, language);
      case "POST /sync":
        return await syncNow();
      case "GET /labels":
        return show(labelsPage(desk.store.read().lines, language));
      case "GET /style.css":
        return { status: 200, type: "text/css", body: STYLE };
      default:
        return tell(404, "Not here.");
    }
  }

  return createServer(async (req, res) => {
    const url = new URL(req.url ?? "/", desk.url);
    const language = languageOf(req, url);
    const chosen = chosenIn(url);
    if (chosen !== undefined) res.setHeader("Set-Cookie", keepLanguage(chosen));
    try {
      send(res, await answer(req, url, language), headers);
    } catch (error) {
      send(res, fail(problemOf(error), routeOf(req, url), language, String(error)), headers);
    }
  });
}

function routeOf({ method }: IncomingMessage, { pathname }: URL): string {
  return `${method} ${pathname}`;
}

/** Browsers follow a form's answer only where the policy lets it go: connecting leads to the marketplace. */
function headersOf({ client }: Desk): Readonly<Record<string, string>> {
  const { issuer } = client.config.serverMetadata();
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src data:",
    `form-action 'self' ${new URL(issuer).origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "Cache-Control": "no-store",
    "Content-Security-Policy": policy.join("; "),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}

function isOwnPage({ headers }: IncomingMessage, url: string): boolean {
  const site = headers["sec-fetch-site"];
  return site === undefined ? headers.origin === undefined || headers.origin === url : site === "same-origin";
}

function join(one: Words, other: Words): Words {
  return { ko: one.ko + other.ko, en: one.en + other.en };
}

function show(body: string, status = 200): Answer {
  return { status, type: "text/html", body };
}

function tell(status: number, body: string): Answer {
  return { status, type: "text/plain", body };
}

function goTo(location: string): Answer {
  return { status: 303, type: "text/plain", body: "", location };
}

function send(
  res: ServerResponse,
  { status, type, body, location }: Answer,
  headers: Readonly<Record<string, string>>,
): void {
  const where = location === undefined ? {} : { Location: location };
  res.writeHead(status, { ...headers, ...where, "Content-Type": `${type}; charset=utf-8` });
  res.end(body);
}
