import { kindsOf } from "@garim/policy";
import type { LoggedAccess } from "../../access.ts";

/** What of an access has no place in OCSF, or not in every class. */
export function unmappedOf(access: LoggedAccess): Readonly<Record<string, unknown>> {
  const { actor, outcome, route, purpose, surface, profile, allowed, policy, factor } = access;
  const { detail, file, grant, key, mode, records } = access;
  return withoutNothing({
    actor_kind: actor.kind,
    outcome,
    route,
    purpose,
    surface,
    mask_profile: profile,
    policy,
    factor,
    grant,
    key_id: key,
    mode,
    detail,
    file: file && { sha256: file.sha256, size_bytes: file.sizeBytes },
    ...(records.length === 0 ? {} : { allowed_kinds: kindsOf(allowed), disclosed: countsOf(access) }),
  });
}

/** How much was disclosed, and how: what each record is stands in the log. */
function countsOf({ records }: LoggedAccess): object {
  const counts = { records: records.length, lines: 0, reveal: 0, mask: 0, withhold: 0 };
  let clear = 0;
  for (const { lines, disclosure } of records) {
    counts.lines += lines.length;
    counts[disclosure.kind]++;
    clear |= disclosure.clear;
  }
  const schemas = [...new Set(records.map(({ schema }) => schema))];
  return { ...counts, clear_kinds: kindsOf(clear), schemas };
}

function withoutNothing(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}
