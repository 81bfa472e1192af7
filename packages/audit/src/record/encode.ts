import type { Access, Actor, RecordedFile } from "../access.ts";
import { type CborValue, encodeMembers, type RoomyBytes } from "./cbor-encode.ts";
import { packDisclosures } from "./disclosure-columns.ts";
import { FIELD, RECORD_VERSION } from "./field.ts";

/** The body's fields by their numbers; what is null or not there is left out. */
type Fields = (CborValue | undefined)[];

const NO_ROOM = { before: 0, behind: 0 } as const;

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
  return encodeRoomily(id, access, keyId, NO_ROOM).bytes;
}

/** The same with room before and behind it. */
export function encodeRoomily(
  id: string,
  access: Access,
  keyId: string,
  room: { readonly before: number; readonly behind: number },
): RoomyBytes {
  const { actor, target, origin, factor, records, asked = [] } = access;
  const fields: Fields = new Array(FIELD_COUNT);
  fields[FIELD.version] = RECORD_VERSION;
  fields[FIELD.id] = Buffer.from(id.replaceAll("-", ""), "hex");
  fields[FIELD.actor] = packActor(actor);
  fields[FIELD.at] = access.at;
  fields[FIELD.origin] = [origin.ip, origin.agent];
  fields[FIELD.subjects] = [keyId, countSubjects(access)];
  fields[FIELD.action] = access.action;
  fields[FIELD.outcome] = access.outcome;
  fields[FIELD.route] = access.route;
  fields[FIELD.policy] = [access.policy.edition, new Map(Object.entries(access.policy.overrides))];
  fields[FIELD.allowed] = access.allowed;
  fields[FIELD.reason] = access.reason;
  fields[FIELD.purpose] = access.purpose;
  fields[FIELD.session] = access.session;
  fields[FIELD.factor] = factor && [factor.method, factor.at];
  fields[FIELD.surface] = access.surface;
  fields[FIELD.profile] = access.profile;
  fields[FIELD.count] = access.count;
  fields[FIELD.since] = access.since;
  fields[FIELD.target] = target && packActor(target);
  fields[FIELD.asked] = asked.length === 0 ? null : asked.map((subject) => subject.type);
  fields[FIELD.detail] = access.detail && new Map(Object.entries(access.detail));
  fields[FIELD.file] = access.file && packFile(access.file);
  fields[FIELD.grant] = access.grant;
  fields[FIELD.key] = access.key;
  fields[FIELD.mode] = access.mode;
  if (records.length > 0) putColumns(fields, access);
  return encodeMembers(fields, room);
}

const FIELD_COUNT = Object.keys(FIELD).length;

function countSubjects({ records, asked = [] }: Access): number {
  let count = asked.length;
  for (const record of records) count += record.subjects.length;
  return count;
}

function packActor({ kind, id, sellerId }: Actor): CborValue {
  return [kind, id, sellerId];
}

function packFile({ sha256, sizeBytes }: RecordedFile): CborValue {
  return [Buffer.from(sha256, "hex"), sizeBytes];
}

function putColumns(fields: Fields, access: Access): void {
  const { forms, which, moments, claims, untils } = packDisclosures(access.records, access.at);
  fields[FIELD.forms] = forms;
  fields[FIELD.which] = which;
  fields[FIELD.moments] = moments;
  fields[FIELD.claims] = claims.length === 0 ? null : claims;
  fields[FIELD.untils] = untils;
}
