import { readFileSync } from "node:fs";
import type { RequestHandler } from "express";
import { markBackground } from "../visit/visitor.ts";

/** The page's module, as it is shipped: plain JavaScript beside the sources and beside `dist`. */
const FILE = new URL("../../page/session.js", import.meta.url);

/** `GET /session.js`: the countdown for the host's pages. It holds no data, so browsers may keep it for an hour. */
export function serveSessionScript(): RequestHandler {
  const source = readFileSync(FILE);
  return (req, res) => {
    // The page it belongs to was the deed.
    markBackground(req);
    res.set({
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "public, max-age=3600",
      "X-Content-Type-Options": "nosniff",
    });
    res.send(source);
  };
}
