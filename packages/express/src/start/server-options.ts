import { IncomingMessage, ServerResponse } from "node:http";
import type { Express } from "express";

/** What `http.createServer` and `https.createServer` take, besides a certificate and the like. */
export interface ServerPrototypes {
  readonly IncomingMessage: typeof IncomingMessage;
  readonly ServerResponse: typeof ServerResponse;
}

/**
 * Options for the host's own server under which requests and responses are born with the prototypes the app would set on them:
 * `createServer(serverOptions(app), app).listen(3000)` in place of `app.listen(3000)`, or `{ ...serverOptions(app), key, cert }` for https.
 *
 * Nothing else changes. Express sets the prototype of each request and response, and Node then has to learn their form again; with
 * these it sets what they have (`npm run bench -- R2 R2-born`). Apps mounted within the app work as before.
 */
export function serverOptions(app: Express): ServerPrototypes {
  return {
    IncomingMessage: bornAs(IncomingMessage, app.request),
    ServerResponse: bornAs(ServerResponse, app.response),
  };
}

/**
 * A constructor like Node's, whose objects have another prototype from their first moment. Node's constructors are functions, and are
 * called as such: `Reflect.construct` gives the same objects, and undoes most of what this is for.
 */
function bornAs<Base extends typeof IncomingMessage | typeof ServerResponse>(
  base: Base,
  prototype: object,
): Base {
  const construct = base as unknown as (this: object, ...given: unknown[]) => void;
  function Born(this: object, given: unknown, more: unknown): void {
    construct.call(this, given, more);
  }
  Born.prototype = prototype;
  return Born as unknown as Base;
}
