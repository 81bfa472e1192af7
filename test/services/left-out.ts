import { appendFileSync } from "node:fs";

/** A part of the tests that did not run here, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

/**
 * Says that tests are left out because this machine lacks a service, so that nobody takes silence for success.
 *
 * Under `npm test` the reasons stand together at the end of the run; otherwise they go to stderr at once.
 *
 * @param what - the tests, e.g. `"append on PostgreSQL"`
 * @param why - what is missing and how to bring it, in one line
 * @returns always true, so that it fits `describe.skipIf(…)`
 * @throws Error under `GARIM_REQUIRE_SERVICES=1`, where every service has to be there
 */
export function leftOut(what: string, why: string): true {
  if (process.env["GARIM_REQUIRE_SERVICES"] === "1")
    throw new Error(`${what}: ${why} (GARIM_REQUIRE_SERVICES=1 lets nothing be left out)`);
  const file = process.env["GARIM_LEFT_OUT"];
  if (file === undefined) process.stderr.write(`left out: ${what}: ${why}\n`);
  else appendFileSync(file, `${JSON.stringify({ what, why } satisfies LeftOut)}\n`);
  return true;
}
