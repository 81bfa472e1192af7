import { type RequestHandler, Router } from "express";
import { createErrors } from "../answer/errors.ts";
import { giveDocument } from "../openapi/endpoint.ts";
import { readJson } from "../privacy/json-body.ts";
import { markOpen } from "../routes/route-mark.ts";
import type { Settings } from "../start/settings.ts";
import { decideLarge } from "./approval.ts";
import { fetchFile, refuseHead } from "./file.ts";
import { checkFilePassword, listOffers } from "./offers.ts";
import { describeDownloads } from "./openapi.ts";
import { cancelDownload, confirmDestroyed, listDownloads, tellDownload } from "./own.ts";

/** The endpoints of files: what may be asked for, how far it is, the file itself, the ledger. */
export function createDownloadRouter(settings: Settings): Router {
  const router = Router();
  const body = readJson();
  router.use(
    markOpen(
      pass,
      "the endpoints of downloads hold no buyer's data but the encrypted file, which is fetched once",
    ),
  );
  router.get("/", listDownloads(settings));
  // Before the files by their ids.
  router.get("/openapi.json", giveDocument(describeDownloads));
  router.get("/offers", listOffers(settings));
  router.post("/password", body, checkFilePassword(settings));
  router.get("/:id", tellDownload(settings));
  router.post("/:id/cancel", body, cancelDownload(settings));
  router.post("/:id/approval", body, decideLarge(settings));
  router.post("/:id/destroyed", body, confirmDestroyed(settings));
  router.head("/:id/file", refuseHead(settings));
  router.get("/:id/file", fetchFile(settings));
  router.use(createErrors(settings));
  return router;
}

const pass: RequestHandler = (_req, _res, next) => next();
