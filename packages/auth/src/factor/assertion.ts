import { type Refuse, refuse, type StepUpClass } from "@garim/policy";
import { answer, leave, type Outcome } from "../account/outcome.ts";
import { promptOf, putPrompt, startPrompt } from "../account/prompt.ts";
import type { AccountRecord, Place } from "../account/record.ts";
import { isTryAllowed, judgeStart } from "../account/tries.ts";
import type { Session } from "../session/session.ts";
import type { Desk } from "./desk.ts";
import type { Factors, PasskeyChallenge, Proved } from "./factors.ts";
import { checkAssertion, makeAssertion } from "./passkey-ceremony.ts";
import type { PasskeySettings } from "./passkey-settings.ts";
import { settleProof } from "./proof.ts";
import type { StoredPasskey } from "./stored-passkey.ts";
import { useAssertion } from "./uses.ts";

/** Uses of passkeys. */
export interface Assertions extends Pick<Factors, "challengePasskey"> {
  proveAssertion(session: Session, place: Place, response: unknown): Promise<Proved | Refuse>;
}

/** What a signature is checked against. Where any of it changed meanwhile, the check was in vain. */
interface Question {
  readonly challenge: string;
  readonly passkeys: readonly StoredPasskey[];
}

export function createAssertions(
  { accounts, policy, clock }: Desk,
  settings: PasskeySettings | undefined,
): Assertions {
  async function challengePasskey(
    { name, worker }: Session,
    action: StepUpClass,
  ): Promise<PasskeyChallenge | Refuse> {
    if (settings === undefined) return refuse("factor-not-offered", policy.edition);
    const passkeys = passkeysOf(await accounts.read(worker));
    if (passkeys.length === 0) return refuse("second-factor-unenrolled", policy.edition);
    const { challenge, options } = await makeAssertion(settings, passkeys);
    const now = clock();
    return await accounts.change(worker, (record): Outcome<PasskeyChallenge | Refuse> => {
      const start = judgeStart(record, now, policy);
      if (start.kind === "refuse") return leave(start);
      const prompt = { ...startPrompt({ session: name, action }, now), assertion: challenge };
      return answer({ kind: "passkey-challenge", options }, putPrompt(record, prompt, now));
    });
  }

  async function proveAssertion(
    { worker }: Session,
    place: Place,
    response: unknown,
  ): Promise<Proved | Refuse> {
    const now = clock();
    const method = "passkey";
    return await accounts.changeVerified(worker, {
      // For who is locked out no signature is checked: it would only take time.
      ask: (record) =>
        isTryAllowed(record, place, now, policy) ? readQuestion(record, place, now) : undefined,
      verify: async ({ challenge, passkeys }) =>
        settings && (await checkAssertion(settings, response, challenge, passkeys)),
      decide: (record, made) => {
        const use = (current: AccountRecord) => useAssertion(current, made, now);
        return settleProof(record, { method, place, needsNoFactor: false, use }, now, policy);
      },
    });
  }

  return { challengePasskey, proveAssertion };
}

export function passkeysOf({ factors }: AccountRecord): readonly StoredPasskey[] {
  return factors.flatMap((factor) => (factor.kind === "passkey" ? [factor.passkey] : []));
}

function readQuestion(record: AccountRecord, place: Place, now: number): Question | undefined {
  const { assertion } = promptOf(record, place, now);
  return assertion === null ? undefined : { challenge: assertion, passkeys: passkeysOf(record) };
}
