import { isIP } from "node:net";
import type { Access, Actor, ActorKind, Factor, LoggedAccess, Origin } from "../../access.ts";
import type {
  OcsfActor,
  OcsfAuthFactor,
  OcsfEndpoint,
  OcsfHttpRequest,
  OcsfSession,
  OcsfUser,
} from "./ocsf-event.ts";

const USER = { type_id: 1, type: "User" };

const USER_TYPES: Readonly<Record<ActorKind, Pick<OcsfUser, "type_id" | "type">>> = Object.freeze({
  staff: USER,
  tool: { type_id: 99, type: "tool" },
  operator: { type_id: 2, type: "Admin" },
  courier: USER,
  auditor: USER,
  anonymous: { type_id: 0, type: "Unknown" },
  system: { type_id: 3, type: "System" },
});

export function userOf({ kind, id, sellerId }: Actor): OcsfUser {
  return { uid: id, ...USER_TYPES[kind], ...(sellerId === null ? {} : { org: { uid: sellerId } }) };
}

export function actorOf(access: Pick<Access, "actor" | "session" | "factor">): OcsfActor {
  const session = sessionOf(access);
  return { user: userOf(access.actor), ...(session === undefined ? {} : { session }) };
}

export function sessionOf({ session, factor }: Pick<Access, "session" | "factor">): OcsfSession | undefined {
  return session === null ? undefined : { uid: session, is_mfa: factor !== null };
}

/** Some records come from no address: `server`, `local`, `others`. */
export function endpointOf({ ip }: Origin): OcsfEndpoint {
  return isIP(ip) === 0 ? { name: ip } : { ip };
}

export function requestOf({
  origin,
  route,
}: Pick<LoggedAccess, "origin" | "route">): OcsfHttpRequest | undefined {
  const [method] = /^[A-Z]+(?= )/.exec(route) ?? [];
  if (origin.agent === null && method === undefined) return undefined;
  return {
    ...(origin.agent === null ? {} : { user_agent: origin.agent }),
    ...(method === undefined ? {} : { http_method: method }),
  };
}

/** `factor_type_id`; a recovery code is none of OCSF's. */
const FACTOR_TYPES: ReadonlyMap<string, OcsfAuthFactor> = new Map([
  ["totp", { factor_type_id: 7, factor_type: "OTP" }],
  ["passkey", { factor_type_id: 10, factor_type: "WebAuthn" }],
]);

export function authFactorOf({ method }: Factor): OcsfAuthFactor {
  return FACTOR_TYPES.get(method) ?? { factor_type_id: 99, factor_type: method };
}
