import type { KeyListing } from "@garim/audit";
import { type Check, defineCheck, type Judgement } from "../check.ts";
import { type KeyFacts, readKeyFacts } from "../key-facts.ts";

/** Ours: the law gives no number. */
const OLD_DAYS = 365;

/** Judges how old the keys are that are in use: what only searches and decrypts, or is retired, makes nothing new. */
export function judgeKeyAges(facts: KeyFacts): Judgement {
  if (facts.state !== "read") return { state: "skip", seen: "the key file was not read" };
  const used = facts.keys.filter(({ state }) => state === "in-use" || state === "waiting");
  const old = used.filter(({ ageDays }) => ageDays !== null && ageDays > OLD_DAYS);
  return old.length === 0 ? { state: "ok", seen: describe(used) } : judgeOld(old);
}

function judgeOld(old: readonly KeyListing[]): Judgement {
  const names = old.map(({ kind, id, ageDays }) => `${kind} ${id} (${ageDays} days)`);
  const rotations = old.map(({ kind }) => `garim keys rotate --kind ${kind}`);
  return {
    state: "warn",
    seen: `older than ${OLD_DAYS} days: ${names.join(", ")}`,
    todo: [...new Set(rotations)].join("; "),
  };
}

function describe(keys: readonly KeyListing[]): string {
  const known = keys.flatMap(({ ageDays }) => (ageDays === null ? [] : [Math.max(0, ageDays)]));
  const undated = keys.length - known.length;
  const oldest = known.length === 0 ? "" : `, the oldest ${Math.max(...known)} days old`;
  return `${keys.length} in use${oldest}${undated === 0 ? "" : `, ${undated} of unknown age`}`;
}

export const keyAgesCheck: Check = defineCheck({
  name: "key_ages",
  why: "a key that somebody copied long ago opens everything until it is changed; after a year it should be (ours, the law gives no number)",
  needsDatabase: false,
  read: async ({ keys, now }) => readKeyFacts(keys, now()),
  judge: judgeKeyAges,
});
