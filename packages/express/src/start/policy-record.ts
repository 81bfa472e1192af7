import type { Detail, RecordedPolicy } from "@garim/audit";
import type { StateStore } from "@garim/auth";
import type { Policy, PolicyNumbers } from "@garim/policy";
import { accessOfServer, type Deed, GARIM } from "../answer/access.ts";
import { recordOnce } from "./once.ts";
import type { Ground } from "./settings.ts";

/** Of the members a record's detail may have; the record has every number by its policy besides. */
const MOST_NUMBERS = 24;

/**
 * Puts the policy on record where it is another than the one on record last: so that the log tells which rules were in force when.
 *
 * @source notice-2026-9/5-3
 */
export async function recordPolicy({ log, policy, clock }: Ground, state: StateStore): Promise<void> {
  const last = async (): Promise<RecordedPolicy | undefined> => {
    const { entries } = await log.find({ kind: "system", actions: ["change-policy"] }, { limit: 1 });
    return entries[0]?.access.policy;
  };
  await recordOnce(state, clock, {
    name: "policy",
    isOnRecord: async () => isSame(await last(), policy),
    record: async () => {
      const deed: Deed = { at: clock(), action: "change-policy", outcome: "done" };
      const detail = describeChange(await last(), policy);
      await log.append({ ...accessOfServer(GARIM, null, deed, policy), detail });
    },
  });
}

function isSame(last: RecordedPolicy | undefined, { edition, overrides }: Policy): boolean {
  return last?.edition === edition.id && changedNumbers(last.overrides, overrides).length === 0;
}

/** The editions before and after, and each number that is another now. */
function describeChange(last: RecordedPolicy | undefined, policy: Policy): Detail {
  const names = changedNumbers(last?.overrides ?? {}, policy.overrides).slice(0, MOST_NUMBERS);
  return {
    ...(last === undefined ? {} : { before: last.edition }),
    edition: policy.edition.id,
    ...Object.fromEntries(names.map((name) => [name, policy[name]])),
  };
}

type Numbers = Readonly<Partial<Record<string, number>>>;

function changedNumbers(before: Numbers, after: Numbers): readonly (keyof PolicyNumbers)[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof PolicyNumbers)[];
  return names.filter((name) => before[name] !== after[name]).sort();
}
