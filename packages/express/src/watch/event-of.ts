import { type Access, type Actor, isObserved, type RecordedDisclosure } from "@garim/audit";
import { networkOf } from "@garim/auth";
import type { Subject, WatchEvent } from "@garim/policy";

const PEOPLE: readonly Actor["kind"][] = ["staff", "operator", "courier"];

/**
 * A durable access as the detectors look at it; `undefined` for what shows nobody anything. Only what was shown clear counts: stars are
 * no one's data.
 */
export function eventOf(access: Access, isCanary: (subject: Subject) => boolean): WatchEvent | undefined {
  const { at, actor, action, origin, outcome, key = null, records } = access;
  const isPerson = PEOPLE.includes(actor.kind);
  if (!isPerson && actor.kind !== "tool") return undefined;
  const common = { at, account: accountOf(actor), isPerson, network: networkOf(origin.ip), key, asked: null };
  if (action === "step-up-failed")
    return { ...common, outcome: "failed", subjects: [], records: 0, isCanary: false };
  const shown =
    outcome === "refused" ? [] : records.filter((record) => isObserved(access) || isClear(record));
  if (shown.length === 0) return undefined;
  const subjects = shown.map(({ subjects: [first] }) => hashOf(`${first?.type}:${first?.id}`));
  return {
    ...common,
    outcome: "disclosed",
    subjects: [...new Set(subjects)],
    records: shown.length,
    isCanary: shown.some((record) => record.subjects.some((one) => isCanary(one) === true)),
  };
}

/** An account's name among all; a tool is one, whomever it serves. */
export function accountOf({ kind, id, sellerId }: Actor): string {
  return JSON.stringify([kind, id, kind === "tool" ? null : sellerId]);
}

function isClear({ disclosure }: RecordedDisclosure): boolean {
  return disclosure.kind === "reveal";
}

/** FNV-1a: subjects are only counted, and kept in no other form. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The number of what is asked for by name: of several parameters the longest one's last digits; `null` where none has any. */
export function numberOf(params: readonly unknown[]): number | null {
  const all = params.map((id) =>
    typeof id === "string" && id.length <= 64 ? /\d{1,12}$/.exec(id)?.[0] : "",
  );
  const longest = all.reduce<string>((most, one = "") => (one.length > most.length ? one : most), "");
  return longest === "" ? null : Number(longest);
}
