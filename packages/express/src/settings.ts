import type { AccessLog } from "@garim/audit";
import type { Sessions, Totp } from "@garim/auth";
import type { Policy } from "@garim/policy";
import type { Request } from "express";
import type { SessionCookie } from "./cookie.ts";
import type { Logger } from "./logger.ts";
import type { Visitors } from "./visitor.ts";

/** What every guard of one Garim works with: resolved once, at start. */
export interface Settings {
  readonly policy: Policy;
  readonly log: AccessLog;
  readonly sessions: Sessions;
  readonly totp: Totp;
  readonly visitors: Visitors;
  readonly cookie: SessionCookie;
  readonly clock: () => number;
  readonly logger: Logger;
  readonly isProduction: boolean;
  /** Ends the host's own log-in. */
  readonly signOut: (req: Request, res: import("express").Response) => Promise<void>;
}
