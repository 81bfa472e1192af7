import { ORDER_PII, type OrderPii, readOrderPii } from "@garim/auth";
import { kindsOf, NO_KINDS, type Reason } from "@garim/policy";
import type { CoreRefusal, DetailsOrRefusal, GrantName, TokenAsk } from "../core/core.ts";
import type { Desk } from "./desk.ts";
import { decideBy, decideNow, judgeWorld } from "./grant-facts.ts";

const UNREADABLE: CoreRefusal = {
  kind: "refuse",
  error: "invalid_authorization_details",
  reason: null,
  description:
    'authorization_details must be one object: { "type": "order_pii", "fields": ["name"], "purpose": "fulfilment" }, and may have states, sellers (at most 1,000) and orders (at most 50)',
};

const OTHER_SELLERS: CoreRefusal = {
  kind: "refuse",
  error: "invalid_authorization_details",
  reason: null,
  description: "a seller's consent is asked for one seller at a time: leave sellers out",
};

/** What is asked of a seller, or of all that granted, before anybody is asked. */
export function checkDetails(
  details: readonly object[],
  toolId: string,
  isMachine: boolean,
  desk: Desk,
): CoreRefusal | undefined {
  const ask = readOrderPii(details);
  if (ask === undefined) return UNREADABLE;
  if (isMachine) return undefined;
  if (ask.sellers !== null && ask.sellers.length > 1) return OTHER_SELLERS;
  // No seller is asked for what could not be granted. Their own contract is looked at when they are known.
  if (desk.tools.find(toolId)?.sandbox === true) return undefined;
  const agreement = desk.contracts.agreement(toolId);
  if (agreement === null) return refuse("contract-missing");
  const isOver = agreement.endsAt !== null && agreement.endsAt <= desk.clock();
  return isOver ? refuse("contract-ended") : undefined;
}

/**
 * What of the asked a token names: never more than is granted now. It is judged again, line by line, whenever the token is used.
 *
 * @source RFC 9396, 6 and 7
 */
export function detailsOf(ask: TokenAsk, desk: Desk): DetailsOrRefusal {
  const asked = readOrderPii(ask.details);
  if (asked === undefined) return UNREADABLE;
  return ask.grant === null
    ? machineDetails(asked, ask.toolId, desk)
    : flowDetails(asked, ask, ask.grant, desk);
}

/** All that granted; or the named sellers without those that did not: one revocation must not cut off a thousand others. */
function machineDetails(asked: OrderPii, toolId: string, desk: Desk): DetailsOrRefusal {
  const { kinds, purpose } = asked;
  if (asked.sellers === null) {
    const all = desk.grants.ofTool(toolId);
    const grants = all.filter(({ sellerId }) => judgeWorld(toolId, sellerId, desk) === undefined);
    const judged = grants.map((grant) => () => decideBy(grant, { ...grant, kinds, purpose }, desk));
    const isAny = judged.some((judge) => judge().kind === "granted");
    return isAny ? [toDetail(asked)] : refuse(reasonOf(judged[0]?.()));
  }
  const judged = asked.sellers.map((sellerId) => ({
    sellerId,
    decision: decideNow({ toolId, sellerId, kinds, purpose }, desk),
  }));
  const sellers = judged
    .filter(({ decision }) => decision.kind === "granted")
    .map(({ sellerId }) => sellerId);
  return sellers.length > 0 ? [toDetail({ ...asked, sellers })] : refuse(reasonOf(judged[0]?.decision));
}

/** What one seller granted, and no more than that flow was for. */
function flowDetails(
  asked: OrderPii,
  { toolId, within }: TokenAsk,
  { id, sellerId }: GrantName,
  desk: Desk,
): DetailsOrRefusal {
  const flow = within === null ? asked : readOrderPii(within);
  if (flow === undefined) return UNREADABLE;
  if (asked.sellers?.some((one) => one !== sellerId)) return refuse("grant-other-seller");
  if (asked.purpose !== flow.purpose) return refuse("grant-purpose");
  const kinds = asked.kinds & flow.kinds;
  const grant = desk.grants.find(toolId, sellerId);
  const decision = decideBy(grant, { toolId, sellerId, kinds, purpose: flow.purpose }, desk);
  if (decision.kind === "refuse") return refuse(decision.reason);
  if (grant?.id !== id) return refuse("grant-revoked");
  const states = asked.states.filter((one) => flow.states.includes(one) && decision.states.includes(one));
  const orders = narrowOrders(asked.orders, flow.orders);
  if (decision.kinds === NO_KINDS || orders?.length === 0) return refuse("grant-lacks-field");
  if (states.length === 0) return refuse("grant-lacks-state");
  return [toDetail({ sellers: [sellerId], kinds: decision.kinds, purpose: flow.purpose, states, orders })];
}

function narrowOrders(asked: OrderPii["orders"], flow: OrderPii["orders"]): OrderPii["orders"] {
  if (asked === null || flow === null) return asked ?? flow;
  return asked.filter((order) => flow.includes(order));
}

/** As it stands in tokens and answers. */
function toDetail({ sellers, kinds, purpose, states, orders }: OrderPii): object {
  return {
    type: ORDER_PII,
    ...(sellers === null ? {} : { sellers }),
    fields: kindsOf(kinds),
    purpose,
    states,
    ...(orders === null ? {} : { orders }),
  };
}

function reasonOf(decision: { readonly reason: Reason } | undefined): Reason {
  return decision?.reason ?? "grant-missing";
}

function refuse(reason: Reason): CoreRefusal {
  return { kind: "refuse", error: "invalid_authorization_details", reason };
}
