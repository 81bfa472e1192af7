import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { leftOut } from "./left-out.ts";

/** Where Debian, Ubuntu and Google install it. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** A busy machine takes its time. */
const START_MS = 180_000;

/**
 * Starts a headless Chromium: the one `CHROMIUM_PATH` names, else the one this machine has installed.
 *
 * @param what - the tests that need it, said to be left out where it cannot be started
 * @returns the browser, to be closed by the caller
 * @throws Error under `GARIM_REQUIRE_SERVICES=1`
 */
export async function startChromiumOrSkip(what: string): Promise<Browser | undefined> {
  try {
    return await startChromium();
  } catch (error) {
    const [why] = String(error).split("\n");
    leftOut(what, `Chromium cannot be started (${why}); install it, or let CHROMIUM_PATH name it`);
    return undefined;
  }
}

async function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // Its sandbox refuses to work for root.
    chromiumSandbox: process.getuid?.() !== 0,
    timeout: START_MS,
  });
}

function findChromium(): string {
  const named = process.env["CHROMIUM_PATH"] ?? "";
  const places = named === "" ? PLACES : [named];
  const found = places.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`none at ${places.join(", ")}`);
  return found;
}
