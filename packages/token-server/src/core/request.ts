import type { CoreRequest } from "./adapter.ts";
import type { Library } from "./refusals.ts";

/** The request the core works on in this very call, where it works on one. */
export function requestOf({ Provider }: Library): CoreRequest | undefined {
  const { ctx } = Provider;
  if (ctx === undefined) return undefined;
  const { route, params = {}, entities } = ctx.oidc;
  const toolId = entities.Client?.clientId ?? null;
  return { req: ctx.req, route, params, toolId, rotated: entities.RotatedRefreshToken?.jti };
}
