import { hash } from "node:crypto";
import { type Policy, type Refuse, refuse } from "@garim/policy";
import { type Outcome, refused } from "../account/outcome.ts";
import type { AccountRecord, StoredPasskeyFactor } from "../account/record.ts";
import { isTryAllowed } from "../account/tries.ts";
import type { Session } from "../session/session.ts";
import { nameWorker, type Worker } from "../worker.ts";
import { readAppText } from "./app-text.ts";
import { passkeysOf } from "./assertion.ts";
import type { Desk } from "./desk.ts";
import {
  makeFactor,
  ownPending,
  placeOf,
  refuseUnstarted,
  settleEnrolment,
  startEnrolment,
} from "./enrolment.ts";
import { readFactorName } from "./factor-name.ts";
import type { Factors, PasskeyEnrolment, Proved } from "./factors.ts";
import { checkRegistration, makeRegistration } from "./passkey-ceremony.ts";
import type { PasskeySettings } from "./passkey-settings.ts";
import type { StoredPasskey } from "./stored-passkey.ts";

/** Enrols passkeys, where the deployment offers them. */
export function createPasskeyEnrolment(
  { accounts, policy, clock }: Desk,
  settings: PasskeySettings | undefined,
): Pick<Factors, "enrolPasskey" | "confirmPasskey"> {
  const notOffered = (): Refuse => refuse("factor-not-offered", policy.edition);

  async function enrolPasskey(
    session: Session,
    label: string,
    name?: unknown,
  ): Promise<PasskeyEnrolment | Refuse> {
    if (settings === undefined) return notOffered();
    const { worker } = session;
    const exclude = passkeysOf(await accounts.read(worker)).map(({ credentialId }) => credentialId);
    const owner = { userHandle: handleOf(worker), userName: readAppText("label", label), exclude };
    const { challenge, options } = await makeRegistration(settings, owner);
    const now = clock();
    const passkey = {
      session: session.name,
      startedAt: now,
      name: readFactorName(name, "Passkey"),
      challenge,
    };
    const started = await accounts.change(worker, (record) =>
      startEnrolment(record, { session, pending: { passkey } }, now, policy),
    );
    return started.kind === "refuse" ? started : { kind: "passkey-enrolment", options };
  }

  async function confirmPasskey(session: Session, response: unknown): Promise<Proved | Refuse> {
    if (settings === undefined) return notOffered();
    const now = clock();
    return await accounts.changeVerified(session.worker, {
      // For who is locked out nothing is checked: it would only take time.
      ask: (record) =>
        isTryAllowed(record, placeOf(session), now, policy)
          ? ownPending(record.pending.passkey, session, now)?.challenge
          : undefined,
      verify: (challenge) => checkRegistration(settings, response, challenge),
      decide: (record, passkey) => decidePasskey(record, { session, passkey }, now, policy),
    });
  }

  return { enrolPasskey, confirmPasskey };
}

/** A challenge is answered once, rightly or not. */
function decidePasskey(
  record: AccountRecord,
  { session, passkey }: { readonly session: Session; readonly passkey: StoredPasskey | undefined },
  now: number,
  policy: Policy,
): Outcome<Proved | Refuse> {
  const pending = ownPending(record.pending.passkey, session, now);
  if (pending === undefined) return refuseUnstarted(record, session, now, policy);
  if (passkey !== undefined && isThere(record, passkey)) return refused("second-factor-enrolled", policy);
  const answered = { ...record, pending: { ...record.pending, passkey: null } };
  const factor: StoredPasskeyFactor | undefined = passkey && {
    kind: "passkey",
    ...makeFactor(pending.name, now),
    passkey,
  };
  return settleEnrolment(answered, { session, factor }, now, policy);
}

function isThere(record: AccountRecord, { credentialId }: StoredPasskey): boolean {
  return passkeysOf(record).some((passkey) => passkey.credentialId === credentialId);
}

/** Stands for the account inside authenticators: the same for each of its passkeys, and no name in it. */
function handleOf(worker: Worker): string {
  return hash("sha256", JSON.stringify(["garim/user-handle/v1", nameWorker(worker)]), "base64url");
}
