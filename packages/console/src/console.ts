import { type Garim, returnPath } from "@garim/express";
import { isGarimError } from "@garim/policy";
import { type Request, type RequestHandler, Router } from "express";
import { readAssets, serveAssets, serveWidgets } from "./assets.ts";
import { pageHeaders } from "./headers.ts";
import { type ConsoleOptions, type ConsoleSettings, readOptions } from "./options.ts";
import { PAGES, type Page } from "./page-table.ts";
import { languageOf, shellOf, wayBack } from "./shell.ts";

/**
 * The pages people use, and the endpoints they read from: `app.use("/privacy", consolePages(garim))`. It brings `garim.privacy()` along, and
 * `garim.downloads()` and `garim.auditor()` below `downloads` and `auditor`; where the host keeps the registers (`duties`),
 * `garim.duties()` and `garim.published()` below `duties` and `published`, too. None of them needs a mount of its own for the pages.
 *
 * Behind `garim.session()`, as all of Garim; name its pages to `createGarim`, so that people are sent to them:
 * `pages: { stepUp: "/privacy/pages/second-factor", logIn: "/log-in", refused: "/privacy/pages/refused" }`.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN`, `ERR_GARIM_OPTION_INVALID`; `ERR_GARIM_DEPLOYMENT` where the pages are not built
 */
export function consolePages(garim: Garim, options: ConsoleOptions = {}): Router {
  const settings = readOptions(options);
  const assets = readAssets();
  const registers = openRegisters(garim);
  const pages = Object.entries(PAGES).filter(([, page]) => registers !== null || page.isOfDuties !== true);
  const names = pages.map(([name]) => name);
  const noData = garim.unguarded(
    "pages, scripts and styles; their data come from endpoints that guard themselves",
  );
  const router = Router();
  router.use("/assets", noData, serveAssets());
  router.get("/widgets.js", noData, serveWidgets());
  router.get("/pages/continue", noData, goOn(settings));
  for (const [name, page] of pages) {
    const proofs = page.proof === undefined ? [] : [garim.stepUp(page.proof)];
    router.get(`/pages/${name}`, noData, headersOf(page), ...proofs, (req, res) => {
      const language = languageOf(req);
      const back = wayBack(req.path);
      const path = req.baseUrl + req.path;
      res.type("html").send(shellOf({ path, page, name, names, language, back, assets, settings }));
    });
  }
  router.get(["/", "/pages"], noData, (req, res) => res.redirect(303, `${folderOf(req)}home`));
  router.use("/downloads", garim.downloads());
  router.use("/auditor", garim.auditor());
  if (registers !== null) router.use(registers);
  router.use(garim.privacy());
  return router;
}

/** The registers and what everybody may read of them; `null` where the host keeps none. */
function openRegisters(garim: Garim): Router | null {
  try {
    return Router().use("/duties", garim.duties()).use("/published", garim.published());
  } catch (error) {
    if (isGarimError(error) && error.code === "ERR_GARIM_DEPLOYMENT") return null;
    throw error;
  }
}

function headersOf({ isEmbeddable }: Page): RequestHandler {
  const headers = pageHeaders(isEmbeddable === true ? "'self'" : "'none'");
  return (_req, res, next) => {
    res.set(headers);
    next();
  };
}

/** Where pages go on after a second factor, whatever the address they came with says. */
function goOn({ home }: ConsoleSettings): RequestHandler {
  return (req, res) => res.redirect(303, returnPath(req.query["return"], home ?? "home"));
}

/** `pages/`, from wherever a browser thinks it is. */
function folderOf({ originalUrl, path }: Request): string {
  const isInside = path.startsWith("/pages");
  const [address = ""] = originalUrl.split("?");
  const last = address.split("/").at(-1) ?? "";
  if (isInside) return last === "" ? "" : `${last}/`;
  return last === "" ? "pages/" : `${last}/pages/`;
}
