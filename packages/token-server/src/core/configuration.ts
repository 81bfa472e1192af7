import { RECEIPTS_SCOPE } from "@garim/auth";
import type { Adapter, AuthorizationDetail, Configuration, KoaContextWithOIDC } from "oidc-provider";
import { createAdapter, presentedOf } from "./adapter.ts";
import { checkAssertion } from "./assertion.ts";
import type { CoreHost } from "./core.ts";
import { meterRequest } from "./meter.ts";
import { type Library, lateError, refusalError } from "./refusals.ts";
import { requestOf } from "./request.ts";
import { throwawayKeys } from "./throwaway-keys.ts";

export const SESSION_COOKIE = "garim_oauth_session";

/** Paths below the issuer. */
export const ROUTES = {
  authorization: "/auth",
  token: "/token",
  pushed_authorization_request: "/request",
  revocation: "/revocation",
  introspection: "/introspection",
  jwks: "/jwks",
} as const;

/** Signatures of tools' assertions and proofs. */
export const PROOF_ALGORITHMS: readonly ["ES256", "EdDSA", "Ed25519"] = ["ES256", "EdDSA", "Ed25519"];
export const ASSERTION_ALGORITHMS: readonly ["ES256", "EdDSA", "Ed25519", "PS256"] = [
  "ES256",
  "EdDSA",
  "Ed25519",
  "PS256",
];

/** Seconds: a token, a code, a consent; a family lives as long as its grant may. */
const TOKEN_SECONDS = 300;
const CODE_SECONDS = 60;
const CONSENT_SECONDS = 600;
const FAMILY_SECONDS = 180 * 86_400;

export function configure(host: CoreHost, library: Library): Configuration {
  return {
    ...storage(host, library),
    ...clients(host, library),
    ...consent(host, library),
    ...pages(host),
    features: features(host, library),
    responseTypes: ["code"],
    scopes: [],
    claims: {},
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: () => true },
    routes: ROUTES,
    ttl: {
      AccessToken: TOKEN_SECONDS,
      ClientCredentials: TOKEN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      Interaction: CONSENT_SECONDS,
      Session: CONSENT_SECONDS,
      RefreshToken: FAMILY_SECONDS,
      Grant: FAMILY_SECONDS,
    },
  };
}

function storage(host: CoreHost, library: Library): Configuration {
  const ports = {
    host,
    request: () => requestOf(library),
    refuse: refusalError(library),
    late: lateError(library),
  };
  return {
    adapter: (model) => createAdapter(model, ports) as Adapter,
    // Its own keys sign nothing: access tokens are made by the house, and there are no others.
    jwks: throwawayKeys(),
  };
}

function clients(host: CoreHost, library: Library): Configuration {
  return {
    clientAuthMethods: ["private_key_jwt", "tls_client_auth", "client_secret_basic"],
    clientDefaults: { id_token_signed_response_alg: "ES256", token_endpoint_auth_method: "private_key_jwt" },
    enabledJWA: {
      clientAuthSigningAlgValues: [...ASSERTION_ALGORITHMS],
      dPoPSigningAlgValues: [...PROOF_ALGORITHMS],
      idTokenSigningAlgValues: ["ES256"],
    },
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => checkAssertion(claims, host, library),
    // Without the headers that came with them: how long they are used is not for the tool to say.
    fetch: async (url) => Response.json(await host.keysAt(String(url))),
    // Tools are servers: no page of another site asks for tokens.
    clientBasedCORS: () => false,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    // A key client's refresh token is worth nothing without its key; a secret is copied easily, so there each use makes a new one.
    rotateRefreshToken: (ctx) => ctx.oidc.client?.clientAuthMethod === "client_secret_basic",
    revokeGrantPolicy: () => true,
  };
}

/** Each request is asked about, whoever asked before: no log-in and no consent is remembered. */
function consent(host: CoreHost, { interactionPolicy }: Library): Configuration {
  const { base, Check, Prompt } = interactionPolicy;
  const policy = base();
  policy.clear();
  const isUndecided = new Check(
    "undecided",
    "the seller decides each time",
    (ctx) => ctx.oidc.result?.consent?.grantId === undefined,
  );
  policy.add(new Prompt({ name: "consent", requestable: true }, isUndecided));
  return {
    interactions: { policy, url: (_ctx, { uid }) => host.consentUrl(uid) },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    loadExistingGrant: async ({ oidc: { provider, result } }) => {
      const grantId = result?.consent?.grantId;
      return grantId === undefined ? undefined : await provider.Grant.find(grantId);
    },
    expiresWithSession: () => false,
    cookies: {
      names: { session: SESSION_COOKIE, interaction: "garim_consent", resume: "garim_consent_resume" },
      short: { httpOnly: true, sameSite: "lax", signed: false },
      long: { httpOnly: true, sameSite: "lax", signed: false },
    },
  };
}

function pages(host: CoreHost): Configuration {
  return {
    renderError: (ctx, { error }) => {
      const { body, csp } = host.errorPage(ctx.req, error);
      ctx.type = "html";
      ctx.set("Content-Security-Policy", csp);
      ctx.body = body;
    },
  };
}

function features(host: CoreHost, library: Library): Configuration["features"] {
  return {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
    clientCredentials: { enabled: true },
    dPoP: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    revocation: { enabled: true, allowedPolicy: ownToken },
    introspection: { enabled: true, allowedPolicy: mayAsk(host) },
    mTLS: certificates(host),
    resourceIndicators: {
      enabled: true,
      defaultResource: () => host.audience,
      useGrantedResource: () => true,
      getResourceServerInfo: async (ctx, resource) => {
        if (resource !== host.audience) throw new library.errors.InvalidTarget();
        await meterRequest(host, library);
        const scope = isForReceipts(ctx)
          ? await requireReceipts(ctx, host, library)
          : requireAsk(ctx, host, library);
        return { audience: resource, scope, accessTokenTTL: TOKEN_SECONDS, accessTokenFormat: "jwt" };
      },
    },
    richAuthorizationRequests: details(host, library),
  };
}

/** A tool may ask about its own tokens, and another API about any access token. */
function mayAsk(host: CoreHost) {
  return (
    ctx: KoaContextWithOIDC,
    client: { clientId: string },
    token: { clientId?: string | undefined },
  ): boolean =>
    // Of a token that gives nothing more another API is told that it is dead; a refresh token is none of its business.
    ownToken(ctx, client, token) ||
    (host.isResourceServer(client.clientId) && detailsNow(ctx, host).length > 0);
}

/** A tool may end its own tokens. */
function ownToken(
  _: unknown,
  client: { clientId: string },
  token: { clientId?: string | undefined },
): boolean {
  return token.clientId === client.clientId;
}

function certificates(host: CoreHost) {
  return {
    enabled: true,
    certificateBoundAccessTokens: true,
    tlsClientAuth: true as const,
    getCertificate: ({ req }: KoaContextWithOIDC) => host.certificateOf(req),
    // Trust is in the very certificate that was registered, whoever signed it.
    certificateAuthorized: () => true,
    certificateSubjectMatches: ({ req }: KoaContextWithOIDC, _property: string, toolId: string) => {
      const certificate = host.certificateOf(req);
      return certificate !== undefined && host.isCertificate(toolId, certificate);
    },
  };
}

/** What no seller is asked for: only a tool itself gives receipts. */
function isForReceipts({ oidc: { params = {}, requestParamScopes } }: KoaContextWithOIDC): boolean {
  return params["grant_type"] === "client_credentials" && requestParamScopes.has(RECEIPTS_SCOPE);
}

/** A token that gives receipts does nothing else: it has no other scope, and names nobody's data. @returns its scope */
async function requireReceipts(ctx: KoaContextWithOIDC, host: CoreHost, library: Library): Promise<string> {
  const { errors } = library;
  const { client, params = {}, requestParamScopes } = ctx.oidc;
  if (requestParamScopes.size > 1) throw new errors.InvalidScope(`${RECEIPTS_SCOPE} is asked for alone`, "");
  if (params["authorization_details"] !== undefined)
    throw new errors.InvalidAuthorizationDetails(
      `${RECEIPTS_SCOPE} reads nothing: leave authorization_details out`,
    );
  const refusal = await host.judgeReceipts(client?.clientId ?? "");
  if (refusal !== undefined) throw refusalError(library)(refusal);
  return RECEIPTS_SCOPE;
}

/** Where something is asked for at first, it is asked for in words: nothing is meant by nothing. @returns all the scopes there are */
function requireAsk(ctx: KoaContextWithOIDC, { scopes }: CoreHost, { errors }: Library): string {
  const { route, params = {}, requestParamScopes } = ctx.oidc;
  const all = scopes.join(" ");
  const isFirst = route === "pushed_authorization_request" || params["grant_type"] === "client_credentials";
  if (!isFirst) return all;
  const isScope = requestParamScopes.size > 0 && [...requestParamScopes].every((one) => scopes.includes(one));
  if (!isScope) throw new errors.InvalidScope(`scope must be of: ${all}`, "");
  if (params["authorization_details"] === undefined)
    throw new errors.InvalidAuthorizationDetails(
      "authorization_details must name what is read: one order_pii",
    );
  return all;
}

interface CoreToken {
  readonly clientId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly grantId?: string | undefined;
}

/** What the core calls `rar`. */
interface CoreSource {
  readonly rar?: AuthorizationDetail[] | undefined;
}

/** @source RFC 9396 */
function details(host: CoreHost, library: Library) {
  const refuse = refusalError(library);
  const askedOf = (ctx: KoaContextWithOIDC) => readDetails(ctx.oidc.params?.["authorization_details"]);
  return {
    enabled: true,
    types: {
      order_pii: {
        validate: (ctx: KoaContextWithOIDC, _detail: unknown, client: { readonly clientId: string }) => {
          const isMachine = ctx.oidc.params?.["grant_type"] === "client_credentials";
          const refusal = host.checkDetails(askedOf(ctx) ?? [], client.clientId, isMachine);
          if (refusal !== undefined) throw refuse(refusal);
        },
      },
    },
    authorizationDetailsForGrantSource: askedOf,
    authorizationDetailsForAccessToken: (ctx: KoaContextWithOIDC, token: CoreToken, source?: CoreSource) => {
      const { accountId: sellerId, grantId: id } = token;
      const within = source?.rar ?? null;
      const named = host.detailsOf({
        toolId: token.clientId ?? "",
        details: askedOf(ctx) ?? within ?? [],
        within,
        grant: sellerId === undefined || id === undefined ? null : { id, sellerId },
      });
      if ("kind" in named) throw refuse(named);
      return [...named] as AuthorizationDetail[];
    },
    authorizationDetailsForIntrospection: (ctx: KoaContextWithOIDC, { rar }: CoreSource) =>
      host.isResourceServer(ctx.oidc.client?.clientId ?? "") ? detailsNow(ctx, host) : rar,
  };
}

/** To another API is told what the token gives now: it has no grants to look at. */
function detailsNow({ req }: KoaContextWithOIDC, host: CoreHost): AuthorizationDetail[] {
  const token = presentedOf(req);
  return token === undefined ? [] : ([...host.giveNow(token)] as AuthorizationDetail[]);
}

export function readDetails(value: unknown): AuthorizationDetail[] | undefined {
  const details: unknown = typeof value === "string" ? JSON.parse(value) : value;
  return Array.isArray(details) ? details : undefined;
}
