import type { IncomingMessage } from "node:http";
import type { InteractionResults, Provider } from "oidc-provider";
import { configure, readDetails, SESSION_COOKIE } from "./configuration.ts";
import type { Core, CoreHost, Decision, Pending } from "./core.ts";
import { useOwnModels } from "./models.ts";
import { tellRefusals } from "./refusals.ts";

/**
 * Makes the protocol core of `oidc-provider`, which is loaded here, on first use, and nowhere else. What is changed of it, and why:
 *
 * - what is used once is used once though ten requests come together: its own models look first and write later;
 * - access tokens are signed, listed and recorded by the house, with keys that change while it runs;
 * - tokens that are JWTs can be introspected and revoked: they are swapped for their ids after their signature was verified;
 * - it remembers no log-in: each consent is asked for anew.
 */
export async function createCore(host: CoreHost): Promise<Core> {
  const library = await import("oidc-provider");
  const provider = new library.Provider(host.issuer, configure(host, library));
  provider.proxy = true;
  useOwnModels(provider, host, library);
  tellRefusals(provider, host);
  const issuer = new URL(host.issuer);
  const callback = provider.callback();
  return {
    async handle(req, res) {
      place(req, issuer);
      await callback(req, res);
    },
    async pending(req, res) {
      try {
        const { uid, params } = await provider.interactionDetails(req, res);
        return pendingOf(uid, params);
      } catch (error) {
        // It ran out, was decided, or is another browser's.
        if (error instanceof library.errors.SessionNotFound) return undefined;
        throw error;
      }
    },
    async decide(req, res, decision) {
      const result = await resultOf(provider, host, decision);
      return await provider.interactionResult(req, res, result, { mergeWithLastSubmission: false });
    },
  };
}

/**
 * Every address the core makes up, and every one it compares a proof with, is the issuer's: never what a request says of its host.
 * It keeps no log-ins, so it is shown none.
 */
function place(req: IncomingMessage & { originalUrl?: string }, issuer: URL): void {
  req.originalUrl = `${issuer.pathname.replace(/\/$/, "")}${req.url ?? "/"}`;
  req.headers.host = issuer.host;
  req.headers["x-forwarded-host"] = issuer.host;
  req.headers["x-forwarded-proto"] = issuer.protocol.slice(0, -1);
  const cookies = (req.headers.cookie ?? "").split(/; */);
  req.headers.cookie = cookies.filter((cookie) => !cookie.startsWith(`${SESSION_COOKIE}=`)).join("; ");
}

function pendingOf(name: string, params: Readonly<Record<string, unknown>>): Pending {
  const { client_id: toolId, scope = "", redirect_uri: redirectUri, ui_locales: languages } = params;
  return {
    name,
    toolId: String(toolId),
    details: readDetails(params["authorization_details"]) ?? [],
    scope: String(scope),
    redirectUri: String(redirectUri),
    languages: typeof languages === "string" ? languages : undefined,
  };
}

async function resultOf(provider: Provider, host: CoreHost, decision: Decision): Promise<InteractionResults> {
  if (decision === null) return { error: "access_denied", error_description: "the seller did not consent" };
  const { toolId, sellerId, grantId, scope, endsAt } = decision;
  const grant = new provider.Grant({ accountId: sellerId, clientId: toolId });
  grant.jti = grantId;
  grant.addResourceScope(host.audience, scope);
  Object.assign(grant, { expiresIn: Math.max(1, Math.floor((endsAt - host.clock()) / 1_000)) });
  await grant.save();
  return { login: { accountId: sellerId, remember: false }, consent: { grantId } };
}
