import { subscribe, unsubscribe } from "node:diagnostics_channel";
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

/** A connection with the response it was given last, while that is open. */
interface Connection {
  newest: Watched | undefined;
}

/** Where Node tells that a response was written, without a listener on each. */
const FINISHED = "http.server.response.finish";

/** What Node says there, as far as it is read here. */
interface Finish {
  readonly response: ServerResponse;
  readonly socket: object;
}

/**
 * Looks after the open responses of this process with one timer, which runs only while there are any and keeps no process alive.
 *
 * They are kept by their connection, on which the next takes the place of the last, and only until they are written: those of all
 * connections, kept until the next look, outlived the collections of the young generation and made a whole request 10 % dearer. So
 * did setting and deleting them in the map itself, whose discarded tables keep what was in them. Where Node does not tell (HTTP/2, a
 * client that went away), the next look drops them.
 *
 * @source code-2022/idle, notice-2026-9/6-4, garim/absolute
 */
export function createLongResponses(options: Options): LongResponses {
  const { sessions, policy, clock, onCut, onFault } = options;
  const connections = new Map<object, Connection>();
  let timer: NodeJS.Timeout | undefined;
  let isFaultTold = false;

  function look(): void {
    isFaultTold = false;
    for (const [socket, connection] of connections) {
      connection.newest = dropOver(connection.newest);
      if (connection.newest === undefined) connections.delete(socket);
      for (let one = connection.newest; one !== undefined; one = one.earlier) {
        if (one.phase === "new") one.phase = "open";
        else judge(one);
      }
    }
    if (connections.size === 0) stop();
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

  function connectionOf(socket: object): Connection {
    const known = connections.get(socket);
    if (known !== undefined) return known;
    const connection = { newest: undefined };
    connections.set(socket, connection);
    return connection;
  }

  /** Those of pipelined requests are left to the next look. */
  function drop(message: unknown): void {
    const { response, socket } = message as Finish;
    const connection = connections.get(socket);
    if (connection?.newest?.res === response && connection.newest.earlier === undefined)
      connection.newest = undefined;
  }

  subscribe(FINISHED, drop);
  return {
    watch(res, session) {
      const connection = connectionOf(res.socket ?? res);
      connection.newest = { res, session, phase: "new", earlier: dropOver(connection.newest) };
      timer ??= setInterval(look, PACE_MS).unref();
    },
    forget(res) {
      let watched = connections.get(res.socket ?? res)?.newest;
      while (watched !== undefined && watched.res !== res) watched = watched.earlier;
      if (watched !== undefined) watched.phase = "left";
    },
    close() {
      unsubscribe(FINISHED, drop);
      connections.clear();
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
