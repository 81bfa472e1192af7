import type { ServerResponse } from "node:http";
import type { Session, Sessions } from "@garim/auth";
import { type Policy, sessionEnds } from "@garim/policy";

/** How often open responses are looked at. One that ends before the second look is never asked about. */
const PACE_MS = 500;

/** Responses that may outlive their session: event streams, long downloads. */
export interface LongResponses {
  /** Cuts the response off when the session ends, should it still be open then. It takes no timer and no listener of its own. */
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
  /** `new` until the first look; `asked` while the store is being asked; `left` where it is looked after no more. */
  phase: "new" | "open" | "asked" | "left";
  /** The one watched before it on the same connection, where that is open still: requests may be pipelined. */
  earlier: Watched | undefined;
}

/**
 * Looks after the open responses of this process with one timer, which runs only while there are any and keeps no process alive.
 *
 * They are kept by their connection, on which the next takes the place of the last: nobody has to be told when one is over.
 *
 * @source code-2022/idle, notice-2026-9/6-4, garim/absolute
 */
export function createLongResponses(options: Options): LongResponses {
  const { sessions, policy, clock, onCut, onFault } = options;
  const newest = new Map<object, Watched>();
  let timer: NodeJS.Timeout | undefined;
  let isFaultTold = false;

  function look(): void {
    isFaultTold = false;
    for (const [connection, watched] of newest) {
      const open = dropOver(watched);
      if (open === undefined) newest.delete(connection);
      else newest.set(connection, open);
      for (let one = open; one !== undefined; one = one.earlier) {
        if (one.phase === "new") one.phase = "open";
        else judge(one);
      }
    }
    if (newest.size === 0) stop();
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
        if (watched.phase === "asked") watched.phase = "open";
      });
  }

  /** The socket goes, too: an answer that merely ended would look complete. */
  function cut(watched: Watched): void {
    if (isOver(watched)) return;
    watched.phase = "left";
    watched.res.destroy();
    onCut(watched.session);
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
      const connection = res.socket ?? res;
      newest.set(connection, { res, session, phase: "new", earlier: dropOver(newest.get(connection)) });
      timer ??= setInterval(look, PACE_MS).unref();
    },
    forget(res) {
      let watched = newest.get(res.socket ?? res);
      while (watched !== undefined && watched.res !== res) watched = watched.earlier;
      if (watched !== undefined) watched.phase = "left";
    },
    close() {
      newest.clear();
      stop();
    },
  };
}

/** The newest that is open still, with those before it. */
function dropOver(watched: Watched | undefined): Watched | undefined {
  if (watched === undefined) return undefined;
  const earlier = dropOver(watched.earlier);
  if (isOver(watched)) return earlier;
  watched.earlier = earlier;
  return watched;
}

function isOver({ res, phase }: Watched): boolean {
  return phase === "left" || res.writableFinished || res.destroyed;
}
