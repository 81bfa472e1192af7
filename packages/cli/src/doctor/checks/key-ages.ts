import { type Check, defineCheck, type Judgement } from "../check.ts";
import { type KeyEntry, type KeyFacts, readKeyFacts } from "../key-facts.ts";

const DAY_MS = 86_400_000;
/** Ours: the law gives no number. */
const OLD_DAYS = 365;

/** Judges how old the keys are that are in use. */
export function judgeKeyAges(facts: KeyFacts, now: number): Judgement {
  if (facts.state !== "read") return { state: "skip", seen: "the key file was not read" };
  const aged = facts.entries.map((entry) => ({ ...entry, days: daysSince(entry, now) }));
  const old = aged.filter(({ days }) => days !== undefined && days > OLD_DAYS);
  if (old.length > 0)
    return {
      state: "warn",
      seen: `older than ${OLD_DAYS} days: ${old.map(({ kind, id, days }) => `${kind} ${id} (${days} days)`).join(", ")}`,
      todo: [...new Set(old.map(({ kind }) => `garim keys rotate --kind ${kind}`))].join("; "),
    };
  const known = aged.flatMap(({ days }) => (days === undefined ? [] : [days]));
  const undated = aged.length - known.length;
  const oldest = known.length === 0 ? "" : `, the oldest ${Math.max(...known)} days old`;
  return {
    state: "ok",
    seen: `${aged.length} keys${oldest}${undated === 0 ? "" : `, ${undated} of unknown age`}`,
  };
}

function daysSince({ made }: KeyEntry, now: number): number | undefined {
  return made === undefined ? undefined : Math.max(0, Math.floor((now - made) / DAY_MS));
}

export const keyAgesCheck: Check = defineCheck({
  name: "key_ages",
  why: "a key that somebody copied long ago opens everything until it is changed; after a year it should be (ours, the law gives no number)",
  needsDatabase: false,
  read: async ({ keys, now }) => ({ facts: await readKeyFacts(keys), now: now() }),
  judge: ({ facts, now }) => judgeKeyAges(facts, now),
});
