import { REASONS, type Reason, SUBJECT_TYPES, type Surface } from "@garim/policy";
import {
  ACCESS_ACTIONS,
  ACCESS_MODES,
  ACCESS_OUTCOMES,
  ACTOR_KINDS,
  type Actor,
  type Detail,
  type Factor,
  type LoggedAccess,
  type LoggedSubject,
  type Origin,
  type RecordedFile,
  type RecordedPolicy,
} from "../access.ts";
import { decodeCbor } from "./cbor-decode.ts";
import type { CborValue } from "./cbor-encode.ts";
import {
  asBytes,
  asList,
  asListOf,
  asMap,
  asNumber,
  asText,
  asWord,
  orNull,
  type Read,
  refuseShape,
} from "./cbor-shape.ts";
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

function readFields(fields: Fields, hexes: readonly string[]): LoggedAccess {
  const get = (name: keyof typeof FIELD): CborValue | undefined => fields.get(FIELD[name]);
  const subjects = readSubjects(fields, hexes);
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
    ...optional("count", asNumber, fields),
    ...optional("since", asNumber, fields),
    ...optional("target", readActor, fields),
    ...(subjects.asked.length === 0 ? {} : { asked: subjects.asked }),
    ...optional("detail", readDetail, fields),
    ...optional("file", readFile, fields),
    ...optional("grant", asText, fields),
    ...optional("key", asText, fields),
    ...optional("mode", asWord(ACCESS_MODES), fields),
  };
}

/** A member that is left out where the body has none. */
function optional<N extends keyof typeof FIELD, T>(
  name: N,
  read: Read<T>,
  fields: Fields,
): { readonly [K in N]?: T } {
  const value = orNull(read)(fields.get(FIELD[name]), name);
  return value === null ? {} : ({ [name]: value } as { readonly [K in N]?: T });
}

interface StoredSubjects {
  readonly keyId: string;
  readonly ofRecords: readonly string[];
  readonly asked: readonly LoggedSubject[];
}

/** Beside the body stand the subjects of the records, then those asked for. */
function readSubjects(fields: Fields, hexes: readonly string[]): StoredSubjects {
  const [id, count] = asList(fields.get(FIELD.subjects), "subjects");
  if (count !== hexes.length) return refuseShape("subjects", `${hexes.length} as stored beside it`);
  const keyId = asText(id, "subjects.keyId");
  const types = orNull(asListOf(asWord(SUBJECT_TYPES)))(fields.get(FIELD.asked), "asked") ?? [];
  const first = hexes.length - types.length;
  if (first < 0) return refuseShape("asked", `at most ${hexes.length}, as stored beside it`);
  const asked = types.map((type, i) => ({ type, keyId, hex: hexes[first + i] ?? "" }));
  return { keyId, ofRecords: hexes.slice(0, first), asked };
}

function readDisclosures(fields: Fields, { keyId, ofRecords }: StoredSubjects): LoggedAccess["records"] {
  const columns = {
    forms: fields.get(FIELD.forms) ?? [],
    which: fields.get(FIELD.which) ?? new Uint8Array(),
    moments: fields.get(FIELD.moments) ?? new Uint8Array(),
    claims: asList(fields.get(FIELD.claims) ?? [], "claims"),
    untils: fields.get(FIELD.untils) ?? new Uint8Array(),
  };
  const at = asNumber(fields.get(FIELD.at), "at");
  return unpackDisclosures(columns, { at, subjects: ofRecords, keyId });
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

function readDetail(value: CborValue | undefined): Detail {
  const members = [...asMap(value, "detail")].map(([name, one]) => [
    asText(name, "detail"),
    typeof one === "number" ? one : asText(one, "detail"),
  ]);
  return Object.fromEntries(members);
}

function readFile(value: CborValue | undefined): RecordedFile {
  const [sha256, sizeBytes] = asList(value, "file");
  return {
    sha256: Buffer.from(asBytes(sha256, "file.sha256")).toString("hex"),
    sizeBytes: asNumber(sizeBytes, "file.sizeBytes"),
  };
}

function readPolicy(value: CborValue | undefined): RecordedPolicy {
  const [edition, overrides] = asList(value, "policy");
  const numbers = [...asMap(overrides, "policy.overrides")].map(([name, number]) => [
    asText(name, "policy.overrides"),
    asNumber(number, "policy.overrides"),
  ]);
  return { edition: asText(edition, "policy.edition"), overrides: Object.fromEntries(numbers) };
}
