import { checkKeySet, createAllowList, RECEIPTS_SCOPE } from "@garim/auth";
import { GarimError, nearest } from "@garim/policy";
import { type LookOptions, readLook } from "../consent/look.ts";

/** Another API of the marketplace. It proves itself as tools do (`private_key_jwt`), and gets no token. */
export interface ResourceServer {
  /** Its `client_id`; no tool has one like it, for theirs are made here. */
  readonly id: string;
  /** Its public keys: ES256 or Ed25519, each with a `kid`. */
  readonly jwks: { readonly keys: readonly object[] };
  /** Addresses and networks it asks from. */
  readonly addresses: readonly string[];
}

/** What `tokenServer` takes. */
export interface TokenServerOptions extends LookOptions {
  /** What tokens may be for: the names `reveal(shape, { tools: "orders.read" })` uses. Default: `["orders.read"]`. */
  readonly scopes?: readonly string[];
  /**
   * Lets tools' keys lie on a private network, and without TLS. Default `false`: whoever names an address could else have this server
   * call its neighbours.
   */
  readonly dangerouslyAllowPrivateJwks?: boolean;
  /** Other APIs that take this server's tokens, and ask it about them (`POST /introspection`). Default: none. */
  readonly resourceServers?: readonly ResourceServer[];
  /** How many applications may wait for approval at one time. Default 100. */
  readonly mostApplications?: number;
}

export type TokenServerSettings = Required<Omit<TokenServerOptions, keyof LookOptions>> & LookOptions;

/** What is not said. */
export const TOKEN_SERVER_DEFAULTS: TokenServerSettings = Object.freeze({
  scopes: Object.freeze(["orders.read"]),
  dangerouslyAllowPrivateJwks: false,
  resourceServers: Object.freeze([]),
  mostApplications: 100,
});

const LOOK: readonly (keyof LookOptions)[] = ["name", "logo", "style"];

const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN` (names the nearest option), `ERR_GARIM_OPTION_INVALID`
 */
export function resolveOptions(options: TokenServerOptions): TokenServerSettings {
  const names = [...Object.keys(TOKEN_SERVER_DEFAULTS), ...LOOK];
  for (const name of Object.keys(options)) if (!names.includes(name)) throw unknown(name, names);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const resolved: TokenServerSettings = { ...TOKEN_SERVER_DEFAULTS, ...given };
  const { scopes, dangerouslyAllowPrivateJwks, mostApplications } = resolved;
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every(isScope))
    throw invalid("scopes", 'a list of names; write scopes: ["orders.read"]');
  if (typeof dangerouslyAllowPrivateJwks !== "boolean")
    throw invalid("dangerouslyAllowPrivateJwks", "true or false; leave it out");
  if (!Number.isSafeInteger(mostApplications) || mostApplications < 0)
    throw invalid("mostApplications", "a whole number, 0 or more; leave it out");
  resolved.resourceServers.forEach(checkResourceServer);
  readLook(resolved, "/");
  return resolved;
}

/** @throws GarimError also of its keys and addresses */
function checkResourceServer({ id, jwks, addresses }: ResourceServer): void {
  if (typeof id !== "string" || id === "" || id.startsWith("tool-"))
    throw invalid("resourceServers", 'a list whose ids do not begin with tool-; write id: "warehouse-api"');
  checkKeySet(jwks);
  createAllowList(addresses);
}

/** They would ask for something else: that of receipts is there already, and reads nothing. */
const TAKEN: ReadonlySet<string> = new Set(["openid", "offline_access", RECEIPTS_SCOPE]);

/** @source RFC 6749, 3.3 */
function isScope(scope: unknown): boolean {
  return typeof scope === "string" && SCOPE.test(scope) && !TAKEN.has(scope);
}

function unknown(name: string, names: readonly string[]): GarimError {
  const hint = nearest(name, names);
  return new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `tokenServer has no option ${JSON.stringify(name)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${names.join(", ")}`,
  );
}

function invalid(name: keyof TokenServerOptions, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `tokenServer: ${name} must be ${wanted}`);
}
