import type { ServerResponse } from "node:http";
import { isGarimError, type Reason } from "@garim/policy";
import type { errors as Errors, KoaContextWithOIDC, Provider } from "oidc-provider";
import type { ArtifactKind } from "../store/artifacts.ts";
import type { CoreHost, CoreRefusal } from "./core.ts";
import { keyFaultOf } from "./key-fault.ts";

export type Library = typeof import("oidc-provider");

type CoreError = Errors.OIDCProviderError;

const REASONS = new WeakMap<object, Reason>();

/** What the core throws for a refusal of the house. */
export function refusalError({ errors }: Library): (refusal: CoreRefusal) => CoreError {
  return ({ error, reason, description = reason ?? error }) => {
    const thrown = errorOf(error, description, errors);
    if (reason !== null) REASONS.set(thrown, reason);
    return thrown;
  };
}

function errorOf(error: CoreRefusal["error"], text: string, errors: Library["errors"]): CoreError {
  switch (error) {
    case "invalid_grant":
      return new errors.InvalidGrant(text);
    case "invalid_client":
      return new errors.InvalidClientAuth(text);
    case "invalid_authorization_details":
      return new errors.InvalidAuthorizationDetails(text);
    case "invalid_scope":
      return new errors.InvalidScope(text, "");
    case "slow_down":
      return new errors.CustomOIDCProviderError(error, text);
  }
}

/** What the core throws where a request came second. */
export function lateError({ errors }: Library): (kind: ArtifactKind) => CoreError {
  return (kind) =>
    kind === "PushedAuthorizationRequest"
      ? new errors.InvalidRequestUri("request_uri was used already")
      : new errors.InvalidGrant("authorization code already consumed");
}

/** Errors that the tool reads itself; the others go to the seller's browser. */
const CALLED = [
  "grant.error",
  "pushed_authorization_request.error",
  "introspection.error",
  "revocation.error",
  "server_error",
] as const;

const RETRY_SECONDS = "5";

/** Says why to the tool, and tells the house, which records it. */
export function tellRefusals(provider: Provider, host: CoreHost): void {
  const listen = provider.on.bind(provider) as (
    event: string,
    listener: (ctx: KoaContextWithOIDC, error: Error) => void,
  ) => unknown;
  for (const event of CALLED) listen(event, (ctx, error) => answer(ctx, error, host));
  listen("authorization.error", (ctx, error) => void tell(ctx, error, host));
}

function answer(ctx: KoaContextWithOIDC, error: Error, host: CoreHost): void {
  if (isOutage(error)) {
    ctx.status = 503;
    ctx.set("Retry-After", RETRY_SECONDS);
    ctx.body = { error: "temporarily_unavailable" };
  }
  if (error.message === "slow_down") ctx.status = 429;
  const more = tell(ctx, error, host);
  const keys = keyFaultOf(error);
  // Whose keys they are can mend it; whoever else asks learns what anybody sees at that address.
  const why =
    keys === undefined ? {} : { error_description: `client authentication failed: ${keys.message}` };
  if (typeof ctx.body === "object") ctx.body = { ...ctx.body, ...why, ...more };
}

function tell(ctx: KoaContextWithOIDC, error: Error, host: CoreHost): Readonly<Record<string, string>> {
  return host.onRefusal({
    req: ctx.req,
    toolId: ctx.oidc.client?.clientId ?? null,
    error: isOutage(error) ? "temporarily_unavailable" : error.message,
    status: (ctx.res as ServerResponse).statusCode,
    reason: REASONS.get(error) ?? null,
    keys: keyFaultOf(error),
    cause: error,
  });
}

/** A port is out: nothing is known, so nothing is given. */
function isOutage(error: unknown): boolean {
  return isGarimError(error);
}
