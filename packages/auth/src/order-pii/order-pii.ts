import { GRANT_STATES, type GrantState, isPiiKind, type KindSet, kindSet } from "@garim/policy";

/** The type of authorization details (RFC 9396) that asks for buyers' data of orders. */
export const ORDER_PII = "order_pii";

/**
 * The scope of a token that gives receipts of destruction (파기 확인) and reads nothing: it names no `order_pii`, and is issued to a tool that
 * owes some, whoever ended their grants.
 */
export const RECEIPTS_SCOPE = "garim:receipts";

/** Order lines one token can be narrowed to. */
const MOST_ORDERS = 50;
/** Sellers one token can name; more sellers are all that granted. */
const MOST_SELLERS = 1_000;
const LONGEST_NAME = 256;

/** What a tool asks for, or a token is narrowed to: never more than the live grant of each line's seller. */
export interface OrderPii {
  /** `null` for all sellers that granted. */
  readonly sellers: readonly string[] | null;
  readonly kinds: KindSet;
  readonly purpose: string;
  readonly states: readonly GrantState[];
  /** Names of order lines, at most 50; `null` for all. */
  readonly orders: readonly string[] | null;
}

const MEMBERS: ReadonlySet<string> = new Set(["type", "sellers", "fields", "purpose", "states", "orders"]);

/**
 * Reads the authorization details of a request or a token: exactly one object of type `order_pii`.
 *
 * @param details - parsed, trusted in nothing
 * @returns `undefined` for anything else: other types and members, empty lists, names twice
 * @source RFC 9396, 2
 */
export function readOrderPii(details: unknown): OrderPii | undefined {
  if (!Array.isArray(details) || details.length !== 1) return undefined;
  const [detail] = details as readonly unknown[];
  if (!isMembers(detail) || detail["type"] !== ORDER_PII) return undefined;
  const { fields, purpose, states = GRANT_STATES, sellers = null, orders = null } = detail;
  if (!isNames(fields, LONGEST_NAME) || !fields.every(isPiiKind)) return undefined;
  if (!isName(purpose) || !isStates(states)) return undefined;
  if (!isNamesOrNull(sellers, MOST_SELLERS) || !isNamesOrNull(orders, MOST_ORDERS)) return undefined;
  return { sellers, kinds: kindSet(fields), purpose, states, orders };
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.keys(value).every((name) => MEMBERS.has(name));
}

function isStates(value: unknown): value is readonly GrantState[] {
  return isNames(value, GRANT_STATES.length) && value.every((state) => isState(state));
}

function isState(value: string): boolean {
  return (GRANT_STATES as readonly string[]).includes(value);
}

function isNamesOrNull(value: unknown, most: number): value is readonly string[] | null {
  return value === null || isNames(value, most);
}

function isNames(value: unknown, most: number): value is readonly string[] {
  const isList = Array.isArray(value) && value.length > 0 && value.length <= most && value.every(isName);
  return isList && new Set(value).size === value.length;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_NAME;
}
