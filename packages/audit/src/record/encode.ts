import type { Access, Actor, RecordedFile } from "../access.ts";
import { type CborValue, encodeCbor } from "./cbor-encode.ts";
import { packDisclosures } from "./disclosure-columns.ts";
import { FIELD, RECORD_VERSION } from "./field.ts";

/**
 * Encodes a record's body: deterministic CBOR, a map with small numbers as keys; what is null is left out.
 *
 * The stored record is the body followed by the 16 bytes of each subject, in order: those of the records, then those asked for.
 *
 * @param id - the record's id, a UUID
 * @param access - checked by `readAccess`
 * @param keyId - the key of the subjects' pseudonyms
 */
export function encodeRecord(id: string, access: Access, keyId: string): Uint8Array {
  const { actor, target, origin, factor, records, asked = [] } = access;
  const subjectCount = records.reduce((sum, record) => sum + record.subjects.length, asked.length);
  const fields = new Map<number, CborValue>([
    [FIELD.version, RECORD_VERSION],
    [FIELD.id, Buffer.from(id.replaceAll("-", ""), "hex")],
    [FIELD.actor, packActor(actor)],
    [FIELD.at, access.at],
    [FIELD.origin, [origin.ip, origin.agent]],
    [FIELD.subjects, [keyId, subjectCount]],
    [FIELD.action, access.action],
    [FIELD.outcome, access.outcome],
    [FIELD.route, access.route],
    [FIELD.policy, [access.policy.edition, new Map(Object.entries(access.policy.overrides))]],
    [FIELD.allowed, access.allowed],
  ]);
  put(fields, FIELD.reason, access.reason);
  put(fields, FIELD.purpose, access.purpose);
  put(fields, FIELD.session, access.session);
  put(fields, FIELD.factor, factor && [factor.method, factor.at]);
  put(fields, FIELD.surface, access.surface);
  put(fields, FIELD.profile, access.profile);
  put(fields, FIELD.count, access.count ?? null);
  put(fields, FIELD.since, access.since ?? null);
  put(fields, FIELD.target, target === undefined ? null : packActor(target));
  put(fields, FIELD.asked, asked.length === 0 ? null : asked.map((subject) => subject.type));
  put(fields, FIELD.detail, access.detail === undefined ? null : new Map(Object.entries(access.detail)));
  put(fields, FIELD.file, access.file === undefined ? null : packFile(access.file));
  put(fields, FIELD.grant, access.grant ?? null);
  put(fields, FIELD.key, access.key ?? null);
  put(fields, FIELD.mode, access.mode ?? null);
  if (records.length > 0) putColumns(fields, access);
  return encodeCbor(fields);
}

function packActor({ kind, id, sellerId }: Actor): CborValue {
  return [kind, id, sellerId];
}

function packFile({ sha256, sizeBytes }: RecordedFile): CborValue {
  return [Buffer.from(sha256, "hex"), sizeBytes];
}

function putColumns(fields: Map<number, CborValue>, access: Access): void {
  const { forms, which, moments, claims, untils } = packDisclosures(access.records, access.at);
  fields.set(FIELD.forms, forms);
  fields.set(FIELD.which, which);
  fields.set(FIELD.moments, moments);
  put(fields, FIELD.claims, claims.length === 0 ? null : claims);
  fields.set(FIELD.untils, untils);
}

function put(fields: Map<number, CborValue>, field: number, value: CborValue): void {
  if (value !== null) fields.set(field, value);
}
