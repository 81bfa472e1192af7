import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { GarimError } from "@garim/policy";
import express, { type RequestHandler } from "express";

/** The built pages, beside the sources and beside `dist`. */
const BUILT = new URL("../page/dist/", import.meta.url);

/** What every page begins with; paths from the mount on. */
export interface Assets {
  readonly script: string;
  readonly styles: readonly string[];
}

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly css?: readonly string[];
}

/** Finds what was built. @throws GarimError `ERR_GARIM_DEPLOYMENT` where nothing was */
export function readAssets(): Assets {
  const chunks = Object.values(readManifest());
  const main = chunks.find((chunk) => chunk.isEntry === true);
  const styles = chunks.map(({ file }) => file).filter((file) => file.endsWith(".css"));
  if (main === undefined) throw notBuilt();
  return { script: main.file, styles: [...new Set([...(main.css ?? []), ...styles])] };
}

function readManifest(): Readonly<Record<string, Chunk>> {
  try {
    return JSON.parse(readFileSync(new URL("manifest.json", BUILT), "utf8")) as Record<string, Chunk>;
  } catch (cause) {
    throw notBuilt(cause);
  }
}

function notBuilt(cause?: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_DEPLOYMENT",
    "The pages of @garim/console are not built; run: node packages/console/build.mjs (a published package has them)",
    { cause },
  );
}

/** Serves scripts and styles. Their names change with their content, so browsers may keep them for a year. */
export function serveAssets(): RequestHandler {
  const folder = fileURLToPath(new URL("assets/", BUILT));
  return express.static(folder, {
    index: false,
    redirect: false,
    immutable: true,
    maxAge: "365d",
    setHeaders,
  });
}

/** Serves the widgets for the host's own pages, under a name that stays. */
export function serveWidgets(): RequestHandler {
  const file = fileURLToPath(new URL("assets/widgets.js", BUILT));
  return (_req, res) => void res.sendFile(file, { maxAge: "1h", headers: SNIFF });
}

const SNIFF = { "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin" };

function setHeaders(res: { setHeader(name: string, value: string): unknown }): void {
  for (const [name, value] of Object.entries(SNIFF)) res.setHeader(name, value);
}
