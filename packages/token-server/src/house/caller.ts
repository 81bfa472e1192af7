import type { IncomingMessage } from "node:http";
import type { Origin } from "@garim/audit";

/** Where a request came from, and on which route, as they stand on record. */
export interface Caller {
  readonly origin: Origin;
  readonly route: string;
}

/** The request as Express read it: `ip` is what its `trust proxy` says. */
export function callerOf(
  req: IncomingMessage & { readonly ip?: string | undefined; readonly baseUrl?: string },
): Caller {
  const { ip, baseUrl = "", method = "", url = "" } = req;
  const path = url.split("?", 1)[0] ?? "";
  // The name of a consent is a secret of the browser's.
  const known = path.replace(/^(\/(?:auth|consent))\/.*$/, "$1/:name");
  return {
    origin: { ip: ip ?? "unknown", agent: req.headers["user-agent"] ?? null },
    route: `${method} ${baseUrl}${known}`,
  };
}
