import type { Access, LoggedAccess, LoggedSubject } from "../access.ts";

/**
 * An access as the log holds it, without reading it back.
 *
 * @param pseudonyms - as they were stored, 32 hex digits each: those of the records' subjects in order, then those asked for
 * @param keyId - the key they were made with
 */
export function loggedAccess(access: Access, pseudonyms: readonly string[], keyId: string): LoggedAccess {
  let next = 0;
  const hide = ({ type }: Pick<LoggedSubject, "type">): LoggedSubject => ({
    type,
    keyId,
    hex: pseudonyms[next++] ?? "",
  });
  const { records, asked, ...rest } = access;
  return {
    ...rest,
    records: records.map((record) => ({ ...record, subjects: record.subjects.map(hide) })),
    ...(asked === undefined || asked.length === 0 ? {} : { asked: asked.map(hide) }),
  };
}
