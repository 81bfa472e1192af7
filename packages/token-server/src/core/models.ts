import type { Provider } from "oidc-provider";
import { isCalled, successorOf } from "./adapter.ts";
import type { CoreHost, NewToken } from "./core.ts";
import { meterRequest } from "./meter.ts";
import type { Library } from "./refusals.ts";
import { requestOf } from "./request.ts";
import { gateOf, isFirstUse } from "./used-once.ts";

/** An access token of the core, before it is text. */
interface TokenModel {
  readonly jti: string;
  readonly clientId: string;
  readonly accountId?: string;
  readonly grantId?: string;
  readonly aud: string;
  readonly scope?: string;
  readonly rar?: readonly object[];
  readonly jkt?: string;
  readonly "x5t#S256"?: string;
  /** Seconds. */
  readonly expiration: number;
}

interface RefreshModel {
  jti: string | undefined;
}

interface ClientModel {
  readonly jwksUri?: string;
  readonly asymmetricKeyStore: { refresh(): Promise<void> };
}

/** What the core's own models do in two steps is done in one, and access tokens are made by the house. */
export function useOwnModels(provider: Provider, host: CoreHost, library: Library): void {
  const { ReplayDetection, AccessToken, ClientCredentials, RefreshToken, Client } = provider;
  replace(ReplayDetection, "unique", (owner: string, id: string, exp: number) =>
    isFirstUse(owner, id, exp, host, library),
  );
  for (const { prototype } of [AccessToken, ClientCredentials])
    replace(prototype, "getValueAndPayload", async function (this: TokenModel) {
      return { value: await issue(this, host, library) };
    });
  const save = RefreshToken.prototype.save as (this: RefreshModel) => Promise<string>;
  replace(RefreshToken.prototype, "save", async function (this: RefreshModel) {
    const rotated = requestOf(library)?.rotated;
    if (rotated !== undefined) this.jti ??= await successorOf(rotated, host);
    return await save.call(this);
  });
  const find = Client.find.bind(Client) as (id: string) => Promise<ClientModel | undefined>;
  replace(Client, "find", async (id: string) => {
    const client = await find(id);
    if (client !== undefined && isCalled(requestOf(library))) await refreshKeys(client, library);
    return client;
  });
  replace(
    Client.prototype,
    "compareClientSecret",
    async function (this: { clientId: string }, secret: string) {
      const isRight = await host.isSecret(this.clientId, secret);
      if (isRight) await meterRequest(host, library);
      return isRight;
    },
  );
}

/**
 * The core looks at the address of a tool's keys where a signature fits none it knows. It is looked at once a minute besides: a key that is
 * no longer there, because it was stolen perhaps, proves nothing any more.
 */
async function refreshKeys(client: ClientModel, { errors, Provider }: Library): Promise<void> {
  if (client.jwksUri === undefined) return;
  try {
    await client.asymmetricKeyStore.refresh();
  } catch (cause) {
    // As the core does with every tool that is named: the diagnostics say which.
    Provider.ctx?.oidc.entity("Client", client);
    throw new errors.InvalidClientAuth({ detail: "the keys cannot be had", cause });
  }
}

function replace(owner: object, name: string, value: unknown): void {
  if (!(name in owner))
    throw new TypeError(`oidc-provider has no ${name} any more; use the version this package pins`);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
}

async function issue(model: TokenModel, host: CoreHost, library: Library): Promise<string> {
  const { errors } = library;
  const token = toToken(model, host);
  if (Object.keys(token.confirmation).length === 0)
    throw new errors.InvalidGrant("a token is issued only bound to a key (DPoP) or a certificate");
  const req = requestOf(library)?.req;
  if (req === undefined) throw new TypeError("a token is issued to a request");
  return await host.issue(token, await gateOf(token, req, host, library), req);
}

function toToken(model: TokenModel, host: CoreHost): NewToken {
  const {
    jti: id,
    clientId: toolId,
    accountId: sellerId = null,
    grantId = null,
    aud,
    scope = "",
    jkt,
  } = model;
  const x5t = model["x5t#S256"];
  const issuedAt = Math.floor(host.clock() / 1_000);
  return {
    id,
    toolId,
    sellerId,
    grantId,
    audience: aud,
    scope,
    details: model.rar ?? [],
    confirmation: {
      ...(jkt === undefined ? {} : { jkt }),
      ...(x5t === undefined ? {} : { "x5t#S256": x5t }),
    },
    issuedAt,
    expiresAt: issuedAt + model.expiration,
  };
}
