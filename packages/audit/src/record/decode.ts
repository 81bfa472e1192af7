import { REASONS, type Reason, type Surface } from "@garim/policy";
import {
  ACCESS_ACTIONS,
  ACCESS_OUTCOMES,
  ACTOR_KINDS,
  type Actor,
  type Factor,
  type LoggedAccess,
  type Origin,
  type RecordedPolicy,
} from "../access.ts";
import { decodeCbor } from "./cbor-decode.ts";
import type { CborValue } from "./cbor-encode.ts";
import { asBytes, asList, asMap, asNumber, asText, asWord, orNull, refuseShape } from "./cbor-shape.ts";
import { unpackDisclosures } from "./disclosure-columns.ts";
import { FIELD, RECORD_VERSION } from "./field.ts";

type Fields = ReadonlyMap<number | string, CborValue>;

const SURFACES: readonly Surface[] = ["view", "download", "tool"];
const REASON_CODES = Object.keys(REASONS) as Reason[];

/**
 * Decodes a record.
 *
 * @param body - what `encodeRecord` wrote
 * @param subjects - the pseudonyms stored beside it, 32 hex digits each, in order
 * @throws GarimError `ERR_GARIM_RECORD_INVALID` where the bytes are no record, or one of a newer version
 */
export function decodeRecord(
  body: Uint8Array,
  subjects: readonly string[],
): { readonly id: string; readonly access: LoggedAccess } {
  const fields = asMap(decodeCbor(body), "body");
  if (fields.get(FIELD.version) !== RECORD_VERSION)
    return refuseShape("version", `${RECORD_VERSION}; update @garim/audit to read it`);
  const id = Buffer.from(asBytes(fields.get(FIELD.id), "id")).toString("hex");
  return {
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    access: readFields(fields, subjects),
  };
}

function readFields(fields: Fields, subjects: readonly string[]): LoggedAccess {
  const get = (name: keyof typeof FIELD): CborValue | undefined => fields.get(FIELD[name]);
  const count = orNull(asNumber)(get("count"), "count");
  const since = orNull(asNumber)(get("since"), "since");
  const target = orNull(readActor)(get("target"), "target");
  return {
    at: asNumber(get("at"), "at"),
    actor: readActor(get("actor"), "actor"),
    session: orNull(asText)(get("session"), "session"),
    factor: orNull(readFactor)(get("factor"), "factor"),
    origin: readOrigin(get("origin")),
    action: asWord(ACCESS_ACTIONS)(get("action"), "action"),
    outcome: asWord(ACCESS_OUTCOMES)(get("outcome"), "outcome"),
    reason: orNull(asWord(REASON_CODES))(get("reason"), "reason"),
    route: asText(get("route"), "route"),
    purpose: orNull(asText)(get("purpose"), "purpose"),
    policy: readPolicy(get("policy")),
    surface: orNull(asWord(SURFACES))(get("surface"), "surface"),
    allowed: asNumber(get("allowed"), "allowed"),
    profile: orNull(asText)(get("profile"), "profile"),
    records: readDisclosures(fields, subjects),
    ...(count === null ? {} : { count }),
    ...(since === null ? {} : { since }),
    ...(target === null ? {} : { target }),
  };
}

function readDisclosures(fields: Fields, subjects: readonly string[]): LoggedAccess["records"] {
  const [keyId, count] = asList(fields.get(FIELD.subjects), "subjects");
  if (count !== subjects.length) return refuseShape("subjects", `${subjects.length} as stored beside it`);
  const columns = {
    forms: fields.get(FIELD.forms) ?? [],
    which: fields.get(FIELD.which) ?? new Uint8Array(),
    moments: fields.get(FIELD.moments) ?? new Uint8Array(),
    claims: asList(fields.get(FIELD.claims) ?? [], "claims"),
    untils: fields.get(FIELD.untils) ?? new Uint8Array(),
  };
  const at = asNumber(fields.get(FIELD.at), "at");
  return unpackDisclosures(columns, { at, subjects, keyId: asText(keyId, "subjects.keyId") });
}

function readActor(value: CborValue | undefined, name: string): Actor {
  const [kind, id, sellerId] = asList(value, name);
  return {
    kind: asWord(ACTOR_KINDS)(kind, `${name}.kind`),
    id: asText(id, `${name}.id`),
    sellerId: orNull(asText)(sellerId, `${name}.sellerId`),
  };
}

function readOrigin(value: CborValue | undefined): Origin {
  const [ip, agent] = asList(value, "origin");
  return { ip: asText(ip, "origin.ip"), agent: orNull(asText)(agent, "origin.agent") };
}

function readFactor(value: CborValue | undefined): Factor {
  const [method, at] = asList(value, "factor");
  return { method: asText(method, "factor.method"), at: asNumber(at, "factor.at") };
}

function readPolicy(value: CborValue | undefined): RecordedPolicy {
  const [edition, overrides] = asList(value, "policy");
  const numbers = [...asMap(overrides, "policy.overrides")].map(([name, number]) => [
    asText(name, "policy.overrides"),
    asNumber(number, "policy.overrides"),
  ]);
  return { edition: asText(edition, "policy.edition"), overrides: Object.fromEntries(numbers) };
}
