import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Express, type RequestHandler } from "express";

const PAGES = fileURLToPath(new URL("../public", import.meta.url));

/** The QR code is drawn in the browser: the secret goes to nobody else, not even back to this server. */
const QR_CODES = dirname(createRequire(import.meta.url).resolve("uqr"));

const HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Serves the pages: plain files without anybody's data. */
export function addPages(app: Express): void {
  app.use(securityHeaders);
  app.use(express.static(PAGES, { extensions: ["html"] }));
  app.use("/vendor/uqr", express.static(QR_CODES, { index: false }));
}

const securityHeaders: RequestHandler = (_req, res, next) => {
  res.set(HEADERS);
  next();
};
