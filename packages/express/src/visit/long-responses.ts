import type { ServerResponse } from "node:http";
import type { Session, Sessions } from "@garim/auth";
import { type Policy, sessionEnds } from "@garim/policy";

/** How often open responses are looked at. One that ends before the second look is never asked about. */
const PACE_MS = 500;

/** Responses that may outlive their session: event streams, long downloads. */
export interface LongResponses {
  /** Cuts the response off when the session ends, should it still be open then. Costs one entry of a map, and no timer of its own. */
  watch(res: ServerResponse, session: Session): void;
  /** The response is over, or is judged elsewhere: a guarded route asks again before it releases anything. */
  forget(res: ServerResponse): void;
  close(): void;
}

interface Options {
  readonly sessions: Pick<Sessions, "recheck">;
  readonly policy: Policy;
  /** UTC milliseconds. */
  readonly clock: () => number;
  /** Told of each response that was cut off. */
  readonly onCut: (session: Session) => void;
  /** Told once a look when sessions could not be asked about: their responses stay open until the absolute end at most. */
  readonly onFault: (error: unknown) => void;
}

interface Watched {
  readonly res: ServerResponse;
  readonly session: Session;
  /** `new` until the first look; `asked` while the store is being asked. */
  phase: "new" | "open" | "asked";
}

/**
 * Looks after the open responses of this process with one timer, which runs only while there are any and keeps no process alive.
 *
 * @source code-2022/idle, notice-2026-9/6-4, garim/absolute
 */
export function createLongResponses(options: Options): LongResponses {
  const { sessions, policy, clock, onCut, onFault } = options;
  const open = new Map<ServerResponse, Watched>();
  let timer: NodeJS.Timeout | undefined;
  let isFaultTold = false;

  function look(): void {
    isFaultTold = false;
    for (const watched of open.values()) {
      if (isOver(watched.res)) open.delete(watched.res);
      else if (watched.phase === "new") watched.phase = "open";
      else judge(watched);
    }
    if (open.size === 0) stop();
  }

  function judge(watched: Watched): void {
    // The absolute end needs no store, so it holds without one.
    if (clock() >= sessionEnds(watched.session, policy).absoluteAt) cut(watched);
    else if (watched.phase === "open") ask(watched);
  }

  function ask(watched: Watched): void {
    watched.phase = "asked";
    sessions
      .recheck(watched.session)
      .then(({ kind }) => kind === "refuse" && cut(watched))
      .catch(tellFault)
      .finally(() => {
        watched.phase = "open";
      });
  }

  /** The socket goes, too: an answer that merely ended would look complete. */
  function cut({ res, session }: Watched): void {
    if (!open.delete(res) || isOver(res)) return;
    res.destroy();
    onCut(session);
  }

  function tellFault(error: unknown): void {
    if (!isFaultTold) onFault(error);
    isFaultTold = true;
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    watch(res, session) {
      open.set(res, { res, session, phase: "new" });
      timer ??= setInterval(look, PACE_MS).unref();
    },
    forget: (res) => void open.delete(res),
    close() {
      open.clear();
      stop();
    },
  };
}

function isOver(res: ServerResponse): boolean {
  return res.writableFinished || res.destroyed;
}
