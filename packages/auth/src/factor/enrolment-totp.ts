import type { Policy, Refuse } from "@garim/policy";
import type { Outcome } from "../account/outcome.ts";
import type { AccountRecord, PendingTotp, StoredTotp } from "../account/record.ts";
import type { Session } from "../session/session.ts";
import { readAppText } from "./app-text.ts";
import type { Desk } from "./desk.ts";
import { makeFactor, ownPending, refuseUnstarted, settleEnrolment, startEnrolment } from "./enrolment.ts";
import { readFactorName } from "./factor-name.ts";
import type { Factors, Proved, TotpEnrolment } from "./factors.ts";
import { drawQr } from "./qr.ts";
import { makeTotpSecret, makeTotpUri, matchTotpStep, missTotp } from "./totp-code.ts";

/** Enrols authenticator apps. */
export function createTotpEnrolment(
  { accounts, policy, clock }: Desk,
  issuer: string,
): Pick<Factors, "enrolTotp" | "confirmTotp"> {
  const shownIssuer = readAppText("issuer", issuer);

  async function enrolTotp(session: Session, label: string, name?: unknown): Promise<TotpEnrolment | Refuse> {
    const secret = makeTotpSecret();
    const uri = makeTotpUri(shownIssuer, readAppText("label", label), secret);
    const now = clock();
    const totp = { session: session.name, startedAt: now, name: readFactorName(name, "TOTP"), secret };
    const started = await accounts.change(session.worker, (record) =>
      startEnrolment(record, { session, pending: { totp } }, now, policy),
    );
    return started.kind === "refuse" ? started : { kind: "totp-enrolment", secret, uri, svg: drawQr(uri) };
  }

  async function confirmTotp(session: Session, code: unknown): Promise<Proved | Refuse> {
    const now = clock();
    return await accounts.change(session.worker, (record) =>
      decideTotp(record, { session, code }, now, policy),
    );
  }

  return { enrolTotp, confirmTotp };
}

function decideTotp(
  record: AccountRecord,
  { session, code }: { readonly session: Session; readonly code: unknown },
  now: number,
  policy: Policy,
): Outcome<Proved | Refuse> {
  const pending = ownPending(record.pending.totp, session, now);
  if (pending === undefined) {
    missTotp(code, now);
    return refuseUnstarted(record, session, now, policy);
  }
  return settleEnrolment(record, { session, factor: readFirstUse(pending, code, now) }, now, policy);
}

/** The code that confirms is used: it proves nothing again. */
function readFirstUse({ secret, name }: PendingTotp, code: unknown, now: number): StoredTotp | undefined {
  const usedStep = matchTotpStep(secret, code, now, null);
  if (usedStep === undefined) return undefined;
  return { kind: "totp", ...makeFactor(name, now), secret, usedStep };
}
