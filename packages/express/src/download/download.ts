import type { RecordSchema } from "@garim/masking";
import { GarimError } from "@garim/policy";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import { readJson } from "../privacy/json-body.ts";
import { workerEndpoint } from "../privacy/worker.ts";
import { markGuard } from "../routes/route-mark.ts";
import type { Settings } from "../start/settings.ts";
import { admitAsk } from "./admission.ts";
import type { DownloadOptions } from "./options.ts";
import { type DownloadRoute, resolveDownload } from "./route.ts";
import { sealForRows } from "./rows.ts";

/** An ask: a filter, fields, words. */
const LARGEST_ASK = "16kb";

/**
 * Guards a route that makes files: the handler hands over its rows with `res.rows(source)`, and everything else it might answer with, but
 * an error, is refused.
 */
export function createDownload(
  settings: Settings,
): <R>(schema: RecordSchema<R>, options?: DownloadOptions<R>) => RequestHandler {
  return (schema, options = {}) => {
    const route = resolveDownload(schema as RecordSchema, options as DownloadOptions);
    requireRegister(route, settings);
    const { downloads } = settings;
    downloads.routes.push(route);
    downloads.start();
    return markGuard(guard(route, settings));
  };
}

/** Where nobody keeps the register, nobody can say whether a file may be handed on. */
function requireRegister({ purposes }: DownloadRoute, { duties }: Settings): void {
  const [named] = [...purposes].find(([, { to }]) => to !== undefined) ?? [];
  if (duties !== null || named === undefined) return;
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `download()'s purposes.${named}.to needs the register of flows: createGarim({ duties: {} })`,
  );
}

function guard(route: DownloadRoute, settings: Settings): RequestHandler {
  const readBody = readJson(LARGEST_ASK);
  return function garimDownload(req: Request, res: Response, next: NextFunction): void {
    readBody(req, res, (error?: unknown) => {
      if (error === undefined) serve(req, res, next);
      else next(error);
    });
  };

  /** Faults are answered inside. */
  function serve(req: Request, res: Response, next: NextFunction): void {
    const handle = workerEndpoint({ action: "download", stepUp: "download" }, settings, async (passage) => {
      const admitted = await admitAsk(passage, route, settings);
      if (admitted === undefined || admitted.kind === "refuse") return admitted;
      sealForRows(admitted, settings);
      next();
      return undefined;
    });
    void handle(req, res, next);
  }
}
