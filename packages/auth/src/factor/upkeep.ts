import { ALLOW, type Allow, type Policy, type Refuse } from "@garim/policy";
import { decideManage } from "../account/manage.ts";
import { answer, leave, type Outcome, refused } from "../account/outcome.ts";
import { type AccountRecord, NO_ACCOUNT } from "../account/record.ts";
import { forgetTries } from "../account/tries.ts";
import type { Session } from "../session/session.ts";
import type { Desk } from "./desk.ts";
import { readFactorName } from "./factor-name.ts";
import type { Factors, RecoveryCodes } from "./factors.ts";
import { makeRecoveryCodes as makeCodes } from "./recovery-codes.ts";
import { putFactor } from "./uses.ts";

/** What a worker changes about what is enrolled, or an owner for them. */
export function createUpkeep(
  desk: Desk,
): Pick<Factors, "makeRecoveryCodes" | "rename" | "remove" | "unlock"> {
  const { accounts, policy, clock } = desk;

  async function makeRecoveryCodes(session: Session): Promise<RecoveryCodes | Refuse> {
    const { codes, stored } = makeCodes();
    const now = clock();
    const kept = await accounts.change(session.worker, (record) =>
      replaceRecovery(record, { session, stored }, now, policy),
    );
    return kept.kind === "refuse" ? kept : { kind: "recovery-codes", codes };
  }

  async function rename(session: Session, id: string, name: unknown): Promise<Allow | Refuse> {
    const now = clock();
    return await accounts.change(session.worker, (record) =>
      renameFactor(record, { session, id, name }, now, policy),
    );
  }

  async function remove(session: Session, id: string): Promise<Allow | Refuse> {
    const now = clock();
    return await accounts.change(session.worker, (record) =>
      removeFactor(record, { session, id }, now, policy),
    );
  }

  const unlock: Factors["unlock"] = (worker) =>
    accounts.change(worker, (record) =>
      record === NO_ACCOUNT ? leave(undefined) : answer(undefined, forgetTries(record)),
    );

  return { makeRecoveryCodes, rename, remove, unlock };
}

function replaceRecovery(
  record: AccountRecord,
  { session, stored }: { readonly session: Session; readonly stored: readonly string[] },
  now: number,
  policy: Policy,
): Outcome<Allow | Refuse> {
  if (record.factors.length === 0) return refused("second-factor-unenrolled", policy);
  const due = decideManage(record, session, now, policy);
  if (due.kind === "refuse") return leave(due);
  return answer(ALLOW, { ...record, recovery: stored }, "recovery-codes-made");
}

function renameFactor(
  record: AccountRecord,
  { session, id, name }: { readonly session: Session; readonly id: string; readonly name: unknown },
  now: number,
  policy: Policy,
): Outcome<Allow | Refuse> {
  const due = decideManage(record, session, now, policy);
  if (due.kind === "refuse") return leave(due);
  const factor = record.factors.find((one) => one.id === id);
  if (factor === undefined) return refused("factor-unknown", policy);
  return answer(ALLOW, putFactor(record, { ...factor, name: readFactorName(name, factor.name) }));
}

/** The last factor stays: without any, the next session to come would enrol one of its own. */
function removeFactor(
  record: AccountRecord,
  { session, id }: { readonly session: Session; readonly id: string },
  now: number,
  policy: Policy,
): Outcome<Allow | Refuse> {
  const due = decideManage(record, session, now, policy);
  if (due.kind === "refuse") return leave(due);
  const factors = record.factors.filter((one) => one.id !== id);
  if (factors.length === record.factors.length) return refused("factor-unknown", policy);
  if (factors.length === 0) return refused("factor-last", policy);
  return answer(ALLOW, { ...record, factors }, "factor-removed");
}
