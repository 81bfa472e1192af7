import type { Actor, LoggedAccess, LoggedSubject } from "../../access.ts";
import type { OcsfResource } from "./ocsf-event.ts";

/** The data subjects of all records, each once, then those an auditor asked for, then the account it was done to. */
export function resourcesOf({ records, asked = [], target }: LoggedAccess): readonly OcsfResource[] {
  const seen = new Map<string, LoggedSubject>();
  for (const { subjects } of records) for (const one of subjects) seen.set(`${one.type} ${one.hex}`, one);
  return [
    ...[...seen.values()].map(subjectOf),
    ...asked.map((one) => ({ ...subjectOf(one), labels: ["asked"] })),
    ...(target === undefined ? [] : [accountOf(target)]),
  ];
}

function subjectOf({ type, hex, keyId }: LoggedSubject): OcsfResource {
  return { uid: hex, type, namespace: keyId };
}

function accountOf({ id, sellerId }: Actor): OcsfResource {
  return { uid: id, type: "account", ...(sellerId === null ? {} : { namespace: sellerId }) };
}
