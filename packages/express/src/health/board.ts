import type { Logger } from "../logger.ts";
import { describeError } from "../logger.ts";
import { type OperatorAlert, TROUBLES, type TroubleKind } from "./trouble.ts";

/** The troubles this node has. Each is told when it begins and when it ends, once. */
export interface Board {
  /** Says whether there is this trouble, now. */
  set(kind: TroubleKind, isThere: boolean): void;
  /** Tells of something that happens and does not last: at most once a minute of each kind. */
  happened(kind: TroubleKind): void;
  has(kind: TroubleKind): boolean;
}

export interface BoardOptions {
  readonly onAlert: ((alert: OperatorAlert) => unknown) | undefined;
  readonly logger: Logger;
  /** UTC milliseconds. */
  readonly clock: () => number;
}

/** How long what happened counts as trouble. */
const HAPPENED_MS = 60_000;

export function createBoard({ onAlert, logger, clock }: BoardOptions): Board {
  const raised = new Set<TroubleKind>();
  const happenedAt = new Map<TroubleKind, number>();

  function tell(kind: TroubleKind, state: OperatorAlert["state"]): void {
    const alert: OperatorAlert = { ...TROUBLES[kind], kind, state, at: clock() };
    if (state === "raised")
      logger.error({ trouble: kind, help: alert.remedy.en }, `garim: ${alert.about.en}`);
    else logger.info({ trouble: kind }, "garim: a trouble is over");
    Promise.resolve(alert)
      .then(onAlert)
      .catch((error) => logger.error(describeError(error), "garim: onAlert failed"));
  }

  function set(kind: TroubleKind, isThere: boolean): void {
    if (raised.has(kind) === isThere) return;
    if (isThere) raised.add(kind);
    else raised.delete(kind);
    tell(kind, isThere ? "raised" : "cleared");
  }

  function isRecent(kind: TroubleKind, now: number): boolean {
    const at = happenedAt.get(kind);
    return at !== undefined && now >= at && now - at < HAPPENED_MS;
  }

  return {
    set,
    happened(kind) {
      const now = clock();
      if (isRecent(kind, now)) return;
      happenedAt.set(kind, now);
      tell(kind, "raised");
    },
    has: (kind) => raised.has(kind) || isRecent(kind, clock()),
  };
}
