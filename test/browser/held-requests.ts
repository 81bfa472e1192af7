import type { RequestHandler } from "express";

/** One request that is held at the server's door. */
export interface HeldRequest {
  /** Resolves once the browser has hung up. */
  readonly gone: Promise<void>;
  /** Lets it, and those that came after it, in. */
  release(): void;
}

/** A server on which one thing takes long: `app.use(door.handler)` before everything else. */
export interface SlowDoor {
  readonly handler: RequestHandler;
  /** Holds what is asked below a path from now on. @param end - of the path, e.g. `/auditor/scope` */
  hold(end: string): HeldRequest;
}

export function openSlowDoor(): SlowDoor {
  let held = "";
  let waiting: Promise<void> = Promise.resolve();
  let hangUp: () => void = () => undefined;
  return {
    async handler(req, res, next) {
      if (held === "" || !req.path.endsWith(held)) return next();
      res.once("close", () => hangUp());
      await waiting;
      // Whoever has gone is asked for nothing more.
      if (!res.closed) next();
    },
    hold(end) {
      held = end;
      const gone = new Promise<void>((resolve) => {
        hangUp = resolve;
      });
      let open: () => void = () => undefined;
      waiting = new Promise((resolve) => {
        open = resolve;
      });
      const release = (): void => {
        held = "";
        open();
      };
      return { gone, release };
    },
  };
}
