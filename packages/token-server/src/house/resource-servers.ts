import { createAllowList, ORDER_PII, type OrderPii, readOrderPii, type StoredGrant } from "@garim/auth";
import { kindsOf, type PiiKind } from "@garim/policy";
import type { CoreClient, CoreRefusal, PresentedToken } from "../core/core.ts";
import type { Desk } from "./desk.ts";
import { decideBy } from "./grant-facts.ts";

/** Another API of the marketplace, as the host names it. */
export interface KnownApi {
  readonly id: string;
  readonly jwks: { readonly keys: readonly object[] };
  readonly addresses: readonly string[];
}

/** An API as a client that gets no token. */
export function apiClient(
  { id, jwks, addresses }: KnownApi,
  address: string | null,
): CoreClient | CoreRefusal {
  if (address === null || !createAllowList(addresses).has(address))
    return { kind: "refuse", error: "invalid_client", reason: "tool-address" };
  return { id, proof: "private_key_jwt", redirectUris: [], jwks, isResourceServer: true };
}

type Given = Pick<PresentedToken, "toolId" | "sellerId" | "grantId" | "details">;

/**
 * What a token gives at this moment, by the live grants of its sellers: one object for each set of fields and states. A tool that is
 * suspended has nothing.
 *
 * @source RFC 9396, 9.2
 */
export function giveNow(token: Given, desk: Desk): readonly object[] {
  const asked = readOrderPii(token.details);
  const { toolId } = token;
  if (asked === undefined || desk.tools.find(toolId)?.status === "suspended") return [];
  const scopes = new Map<
    string,
    Omit<OrderPii, "kinds"> & { readonly fields: readonly PiiKind[]; readonly sellers: string[] }
  >();
  for (const grant of desk.grants.ofTool(toolId)) {
    const scope = scopeOf(grant, token, asked, desk);
    if (scope === undefined) continue;
    const name = JSON.stringify(scope);
    const known = scopes.get(name) ?? { ...asked, ...scope, sellers: [] };
    known.sellers.push(grant.sellerId);
    scopes.set(name, known);
  }
  return [...scopes.values()].map(toDetail);
}

/** What of a grant a token gives; `undefined` for nothing. */
function scopeOf(grant: StoredGrant, token: Given, asked: OrderPii, desk: Desk) {
  const { toolId, sellerId } = grant;
  const isNamed = asked.sellers === null || asked.sellers.includes(sellerId);
  const isOfFlow = token.sellerId === null || (token.sellerId === sellerId && token.grantId === grant.id);
  if (!isNamed || !isOfFlow) return undefined;
  const decided = decideBy(grant, { toolId, sellerId, kinds: asked.kinds, purpose: asked.purpose }, desk);
  if (decided.kind === "refuse") return undefined;
  return {
    fields: kindsOf(decided.kinds),
    states: decided.states.filter((state) => asked.states.includes(state)),
  };
}

function toDetail({
  sellers,
  fields,
  purpose,
  states,
  orders,
}: Omit<OrderPii, "kinds"> & { readonly fields: readonly PiiKind[] }): object {
  return { type: ORDER_PII, sellers, fields, purpose, states, ...(orders === null ? {} : { orders }) };
}
