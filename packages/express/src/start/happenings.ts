import type { Actor } from "@garim/audit";
import type { FactorNotice, FactorsOptions, Session, SessionsOptions, Signal } from "@garim/auth";
import { accessOfServer, type Deed, NOBODY } from "../answer/access.ts";
import { describeError } from "../logger.ts";
import type { GarimOptions } from "./options.ts";
import type { Ground } from "./settings.ts";

/** What happens without a request of the person's: an end, a lock, a sign of somebody else. */
export interface Happenings {
  readonly onEnd: NonNullable<SessionsOptions["onEnd"]>;
  readonly onNotice: NonNullable<FactorsOptions["onNotice"]>;
  readonly onSignal: (signal: Signal) => unknown;
}

type Told = Pick<GarimOptions, "onNotice" | "onSignal">;

/** Records what happens, then tells the host. No answer waits for it. */
export function createHappenings(ground: Ground, { onNotice, onSignal }: Told): Happenings {
  return {
    // Signing out records itself.
    onEnd: (session, reason) => {
      if (reason !== "log-out")
        append(ground, session.worker, { action: "session-end", reason }, { session });
    },
    onNotice: (notice) => {
      recordLock(ground, notice);
      return onNotice?.(notice);
    },
    onSignal: (signal) => {
      recordSignal(ground, signal);
      return onSignal?.(signal);
    },
  };
}

/** Everything else of a notice is the deed of somebody's request, which records itself. */
function recordLock(ground: Ground, { kind, worker }: FactorNotice): void {
  if (kind !== "account-locked" && kind !== "factor-disabled") return;
  append(ground, worker, { action: "account-locked", reason: kind });
}

function recordSignal(ground: Ground, { kind, worker, ip }: Signal): void {
  ground.logger.warn({ signal: kind }, "garim: signs of somebody else");
  append(ground, worker ?? NOBODY, { action: "signal", reason: kind }, { ip });
}

function append(
  { clock, log, logger, policy }: Ground,
  actor: Actor,
  happened: Pick<Deed, "action" | "reason">,
  where: { readonly session?: Session; readonly ip?: string } = {},
): void {
  const deed: Deed = { at: clock(), outcome: "done", ...happened };
  log
    .append(accessOfServer(actor, where.session ?? null, deed, policy, where.ip))
    .catch((error) => logger.error(describeError(error), `garim: ${deed.action} is not on record`));
}
