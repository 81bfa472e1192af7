import { type Garim, toolServerGround } from "@garim/express";
import { GarimError } from "@garim/policy";
import { type RequestHandler, Router } from "express";
import { STYLE } from "../consent/style.ts";
import { ROUTES } from "../core/configuration.ts";
import type { Desk } from "../house/desk.ts";
import { decideConsent, showConsent } from "./consent.ts";
import { metadataPath, serverMetadata } from "./metadata.ts";
import { meterAddress } from "./meter.ts";
import { describeServer } from "./openapi.ts";
import { resolveOptions, type TokenServerOptions } from "./options.ts";
import { deskOf, isOutage, openOnce, openParts, type Parts } from "./parts.ts";
import { applyForTool, changeTool, listTools } from "./tools.ts";

/** The token server of a marketplace: `app.use("/oauth", server)`, where the issuer says it is. */
export type TokenServer = Router & {
  /** `app.use(server.metadata())`, before any path: clients look for it at `/.well-known/oauth-authorization-server/oauth`. */
  metadata(): RequestHandler;
};

const WHY = "the token server gives tokens and no buyer's data";

/**
 * Makes the authorization server for sellers' tools (셀러툴), on an Express app.
 *
 * Nothing is loaded before the first request: the protocol core is `oidc-provider`, its tables are made in the database of Garim.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`, `ERR_GARIM_DEPLOYMENT` where createGarim got no `tools`,
 *   or an issuer without TLS that is not on the loopback
 * @source code-2022/tool, toolcode-2022/grant
 */
export function tokenServer(garim: Garim, options: TokenServerOptions = {}): TokenServer {
  const settings = resolveOptions(options);
  const ground = toolServerGround(garim);
  const desk = deskOf(garim, ground);
  checkIssuer(desk.issuer);
  const open = openOnce(() => openParts(desk, ground, settings));
  const router = Router();
  router.use(garim.unguarded(WHY), checkMount(desk.issuer));
  const metadata = sendOnce(serverMetadata(desk.issuer, settings.scopes));
  for (const name of ["oauth-authorization-server", "openid-configuration"])
    router.get(`/.well-known/${name}`, metadata);
  router.get(ROUTES.jwks, sendKeys(desk));
  router.get("/openapi.json", sendOnce(describeServer(desk.issuer, settings.scopes)));
  router.get("/style.css", sendStyle);
  router.get("/consent/:name", showConsent(open, ground));
  router.post("/consent/:name", ...decideConsent(open, ground));
  router.post("/tools", ...applyForTool(desk, ground, settings));
  router.get("/tools", listTools(desk, ground));
  for (const deed of ["approval", "suspension", "secret", "webhook-secret"] as const)
    router.post(`/tools/:toolId/${deed}`, ...changeTool(deed, desk, ground));
  addCore(router, open, meterAddress(ground, desk));
  router.use(garim.errors());
  const path = metadataPath(desk.issuer);
  const wellKnown: RequestHandler = (req, res, next) =>
    req.method === "GET" && req.path === path ? metadata(req, res, next) : next();
  return Object.assign(router, { metadata: () => wellKnown });
}

const CALLED = [
  ROUTES.token,
  ROUTES.pushed_authorization_request,
  ROUTES.revocation,
  ROUTES.introspection,
] as const;

/** OAuth's own endpoints, and nothing else of the core. */
function addCore(router: Router, open: () => Promise<Parts>, meter: RequestHandler): void {
  const handle = handleCore(open);
  for (const path of [ROUTES.authorization, `${ROUTES.authorization}/:name`]) router.get(path, handle);
  for (const path of CALLED) router.post(path, orUnavailable(meter), handle);
}

function handleCore(open: () => Promise<Parts>): RequestHandler {
  return orUnavailable(async (req, res) => {
    const { desk, core } = await open();
    await desk.ready();
    await core.handle(req, res);
  });
}

function sendKeys(desk: Desk): RequestHandler {
  return orUnavailable(async (_req, res) => {
    await desk.ready();
    res.set("Cache-Control", "max-age=60").json(desk.keys.publicSet());
  });
}

/** What cannot be known is not answered: tools come again. */
function orUnavailable(serve: RequestHandler): RequestHandler {
  return async function garimTokenServer(req, res, next) {
    try {
      await serve(req, res, next);
    } catch (error) {
      if (!isOutage(error)) throw error;
      res.set({ "Cache-Control": "no-store", "Retry-After": "5" });
      res.status(503).json({ error: "temporarily_unavailable" });
    }
  };
}

/** What never changes while the server runs. */
function sendOnce(value: object): RequestHandler {
  return (_req, res) => void res.set("Cache-Control", "max-age=3600").json(value);
}

const sendStyle: RequestHandler = (_req, res) =>
  void res.set({ "Cache-Control": "max-age=3600", "Content-Type": "text/css; charset=utf-8" }).send(STYLE);

/** @source RFC 8414, 2: an issuer is an https address without query and fragment */
function checkIssuer(issuer: string): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const isLoopback = url !== undefined && LOOPBACK.has(url.hostname);
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback);
  if (isSafe && !/[?#]/.test(issuer) && !issuer.endsWith("/")) return;
  throw new GarimError(
    "ERR_GARIM_DEPLOYMENT",
    'tools.issuer must be an https address without query, fragment and slash at its end (http on the loopback only); write tools: { issuer: "https://market.example/oauth" }',
  );
}

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Said once, with what to write: every address tools are told would else lead nowhere. */
function checkMount(issuer: string): RequestHandler {
  const path = new URL(issuer).pathname.replace(/\/$/, "");
  return function garimMount(req, _res, next) {
    if (path.endsWith(req.baseUrl)) next();
    else
      next(
        new GarimError(
          "ERR_GARIM_DEPLOYMENT",
          `The token server is mounted at ${JSON.stringify(req.baseUrl)}, but tools.issuer says ${JSON.stringify(path)}. Write app.use(${JSON.stringify(path)}, tokenServer(garim))`,
        ),
      );
  };
}
