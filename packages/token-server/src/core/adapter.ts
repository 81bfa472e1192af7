import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Artifact, ArtifactKind } from "../store/artifacts.ts";
import { stateUnavailable } from "../store/database.ts";
import { clientMetadata } from "./client.ts";
import type { CoreHost, CoreRefusal, Ending, PresentedToken } from "./core.ts";
import { turnOf } from "./turn.ts";

/** The request the core works on, where it works on one. */
export interface CoreRequest {
  readonly req: IncomingMessage;
  /** The core's name of the endpoint. */
  readonly route: string;
  /** Parameters as they came. */
  readonly params: Record<string, unknown>;
  /** The tool that asks, once it is known. */
  readonly toolId: string | null;
  /** The refresh token that is taking the place of another, by its value. */
  readonly rotated: string | undefined;
}

export interface AdapterPorts {
  readonly host: CoreHost;
  request(): CoreRequest | undefined;
  /** What the core throws for a refusal. */
  refuse(refusal: CoreRefusal): Error;
  /** What the core throws where a request came second. */
  late(kind: ArtifactKind): Error;
}

export type Payload = Record<string, unknown>;

/** Storage as the core wants it, for one of its models. */
export interface ModelAdapter {
  upsert(id: string, payload: Payload): Promise<void>;
  find(id: string): Promise<Payload | undefined>;
  findByUserCode(): Promise<undefined>;
  findByUid(): Promise<undefined>;
  consume(id: string): Promise<void>;
  destroy(id: string): Promise<void>;
  revokeByGrantId(grantId: string): Promise<void>;
}

const STORED: ReadonlySet<string> = new Set<ArtifactKind>([
  "AuthorizationCode",
  "RefreshToken",
  "PushedAuthorizationRequest",
  "Interaction",
  "Grant",
]);

export function createAdapter(model: string, ports: AdapterPorts): ModelAdapter {
  if (STORED.has(model)) return storedAdapter(model as ArtifactKind, ports);
  if (model === "Client") return { ...NOTHING, find: (id) => findClient(id, ports) };
  if (model === "AccessToken")
    return { ...NOTHING, revokeByGrantId: (id) => ports.host.revokeFamily(id, endingOf(ports)) };
  if (model === "ClientCredentials") return presentedAdapter(ports);
  return NOTHING;
}

const nothing = async (): Promise<undefined> => undefined;

/** The core's log-ins are kept nowhere; nor are access tokens, which the house lists. */
const NOTHING: ModelAdapter = {
  upsert: nothing,
  find: nothing,
  findByUserCode: nothing,
  findByUid: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
};

function storedAdapter(kind: ArtifactKind, ports: AdapterPorts): ModelAdapter {
  const { artifacts } = ports.host;
  return {
    ...NOTHING,
    async upsert(id, { jti: _, ...value }) {
      const { grantId = kind === "Grant" ? id : undefined, exp } = value;
      await artifacts.write(kind, id, {
        value,
        expiresAt: Number(exp) * 1_000,
        ...(typeof grantId === "string" ? { grantId } : {}),
        ...predecessorOf(kind, ports),
      });
    },
    async find(id) {
      const found = await findArtifact(kind, id, ports);
      if (found === undefined) return undefined;
      const payload = { ...found.value, jti: id, ...(found.isConsumed ? { consumed: true } : {}) };
      return kind === "Grant" && !(await isLive(id, found.value, ports)) ? undefined : payload;
    },
    // A refresh token lives until its successor is used: a lost answer, or two workers at once, cut nobody off.
    consume: (id) =>
      kind === "RefreshToken" ? artifacts.consumePredecessor(kind, id) : consumeOnce(kind, id, ports),
    destroy: (id) => artifacts.remove(kind, id),
  };
}

/** What this request found already, where it did. */
async function findArtifact(
  kind: ArtifactKind,
  id: string,
  { host, request }: AdapterPorts,
): Promise<Artifact | undefined> {
  const current = request();
  const kept = current === undefined ? null : turnOf(current.req).take(kind, id);
  return kept === null ? await host.artifacts.find(kind, id) : kept;
}

/** Of ten requests with one code, nine find it consumed. The family dies: one of them is not the tool. @source RFC 6749, 4.1.2 */
async function consumeOnce(kind: ArtifactKind, id: string, ports: AdapterPorts): Promise<void> {
  const { host, late } = ports;
  if (await host.artifacts.consume(kind, id)) return;
  const found = await host.artifacts.find(kind, id);
  const grantId = found?.value["grantId"];
  if (typeof grantId === "string") await host.revokeFamily(grantId, endingOf(ports));
  throw late(kind);
}

/** Tokens end because a tool says so at the endpoint for it; anywhere else because something came a second time. */
function endingOf({ request }: AdapterPorts): Ending {
  const { req = null, toolId = null, route } = request() ?? {};
  return { req, toolId, why: route === "revocation" ? "asked" : "reused" };
}

function isLive(id: string, { accountId, clientId }: Payload, { host }: AdapterPorts): Promise<boolean> {
  return host.isGrantLive(id, String(clientId), String(accountId));
}

function predecessorOf(kind: ArtifactKind, { request }: AdapterPorts): { readonly predecessor?: string } {
  const rotated = kind === "RefreshToken" ? request()?.rotated : undefined;
  return rotated === undefined ? {} : { predecessor: rotated };
}

/**
 * The refresh token that takes the place of another is made of it, and of a secret beside it in the database: two workers that come
 * together get the same one, and who has only the token or only the database has none.
 */
export async function successorOf(value: string, { artifacts }: CoreHost): Promise<string> {
  const found = await artifacts.find("RefreshToken", value);
  if (found === undefined)
    throw stateUnavailable("A refresh token ended while it was used. Ask for tokens again.");
  return hash("sha256", `${found.seed}:${value}`, "base64url");
}

/** Endpoints a tool calls itself; to the others its sellers' browsers come. */
const CALLED: ReadonlySet<string> = new Set([
  "token",
  "pushed_authorization_request",
  "revocation",
  "introspection",
]);

/** Whether the tool itself asks. */
export function isCalled(request: CoreRequest | undefined): request is CoreRequest {
  return request !== undefined && CALLED.has(request.route);
}

async function findClient(id: string, ports: AdapterPorts): Promise<Payload | undefined> {
  const { host, refuse, request } = ports;
  const current = request();
  const client = host.findClient(id, isCalled(current) ? { req: current.req } : null);
  if ("kind" in client) throw refuse(client);
  if (isCalled(current)) await swapPresented(current, host);
  return clientMetadata(client);
}

const PRESENTED = new WeakMap<IncomingMessage, PresentedToken>();

/** The token a request asks about. */
export function presentedOf(req: IncomingMessage): PresentedToken | undefined {
  return PRESENTED.get(req);
}

/** What a JWT that is no live token is shown as: the core finds nothing, and says no more than that. */
const DEAD = "no-live-token";

/** The core takes no JWT for a token of its own: it is shown the id of one whose signature is right. */
async function swapPresented({ req, route, params }: CoreRequest, host: CoreHost): Promise<void> {
  const { token: text } = params;
  const isAsked = route === "revocation" || route === "introspection";
  // A refresh token is no JWT.
  if (!isAsked || typeof text !== "string" || !text.includes(".")) return;
  const token = await host.present(text);
  if (token !== undefined) PRESENTED.set(req, token);
  params["token"] = token?.id ?? DEAD;
}

/** Access tokens of either kind, while they are asked about. To the core all are machine tokens, so that ending one ends no family. */
function presentedAdapter(ports: AdapterPorts): ModelAdapter {
  const { host, request } = ports;
  return {
    ...NOTHING,
    async find(id) {
      const current = request();
      const token = current && PRESENTED.get(current.req);
      return token?.id === id ? payloadOf(token) : undefined;
    },
    destroy: (id) => host.revokeToken(id, endingOf(ports)),
  };
}

function payloadOf(token: PresentedToken): Payload {
  const { id, toolId, sellerId, audience, scope, details, confirmation, issuedAt, expiresAt } = token;
  return {
    kind: "ClientCredentials",
    jti: id,
    clientId: toolId,
    aud: audience,
    scope,
    rar: details,
    iat: issuedAt,
    exp: expiresAt,
    extra: { sub: sellerId ?? toolId },
    ...confirmation,
  };
}
