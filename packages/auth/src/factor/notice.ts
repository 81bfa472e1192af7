import type { Outcome } from "../account/outcome.ts";
import type { Worker } from "../worker.ts";

/** What happened to an account that its owner should hear of, by a way that does not lead through the account. */
export type NoticeKind =
  | "factor-added"
  | "factor-removed"
  | "factors-reset"
  | "recovery-codes-made"
  | "recovery-code-used"
  | "account-locked"
  | "factor-disabled";

export interface FactorNotice {
  readonly kind: NoticeKind;
  readonly worker: Worker;
  /** UTC milliseconds. */
  readonly at: number;
}

export interface Listeners {
  /** Called once for each lock, on the node that set it; `until` in UTC milliseconds, exclusive. */
  readonly onLock?: (worker: Worker, until: number) => unknown;
  /** Called once for each change, so that the host tells the person. */
  readonly onNotice?: (notice: FactorNotice) => unknown;
  /** Told what the other two throw. */
  readonly onFault?: (error: unknown) => void;
}

export interface Notifier {
  ofChange(worker: Worker, outcome: Outcome<unknown>): void;
  ofReset(worker: Worker): void;
}

const NOTHING = (): void => undefined;

/** Tells the host what happened and waits for nothing: no listener delays or fails who proves who they are. */
export function createNotifier(listeners: Listeners, clock: () => number): Notifier {
  const { onLock = NOTHING, onNotice = NOTHING, onFault = NOTHING } = listeners;

  function tell(ask: () => unknown): void {
    const told = async (): Promise<void> => void (await ask());
    told().catch(onFault).catch(NOTHING);
  }

  function notify(kind: NoticeKind, worker: Worker): void {
    tell(() => onNotice({ kind, worker, at: clock() }));
  }

  return {
    ofChange(worker, { notices, record }) {
      for (const kind of notices) notify(kind, worker);
      const until = record?.tries.lockedUntil ?? null;
      if (until !== null && notices.some(isLock)) tell(() => onLock(worker, until));
    },
    ofReset: (worker) => notify("factors-reset", worker),
  };
}

function isLock(kind: NoticeKind): boolean {
  return kind === "account-locked" || kind === "factor-disabled";
}
