import { type Refuse, refuse, type StepUpClass } from "@garim/policy";
import { messageOf } from "../account/prompt.ts";
import type { AccountRecord, Place, StoredMessage } from "../account/record.ts";
import { isTryAllowed } from "../account/tries.ts";
import type { Session } from "../session/session.ts";
import type { Channel } from "./channel.ts";
import type { Desk } from "./desk.ts";
import type { CodeSent, Factors, Proved } from "./factors.ts";
import { checkMessage, makeCode, missMessage, sendMessage, startMessage, toMessage } from "./message.ts";
import { settleProof } from "./proof.ts";
import type { SecretKeys } from "./sealed-secret.ts";

/** Codes by message. */
export interface Messages extends Pick<Factors, "sendCode"> {
  proveMessage(session: Session, place: Place, given: unknown): Promise<Proved | Refuse>;
}

export function createMessages(
  { accounts, policy, clock }: Desk,
  channels: ReadonlyMap<string, Channel>,
  keys: SecretKeys,
): Messages {
  async function sendCode(session: Session, action: StepUpClass, name: string): Promise<CodeSent | Refuse> {
    const channel = channels.get(name);
    if (channel === undefined) return refuse("factor-not-offered", policy.edition);
    const { worker } = session;
    const { code, stored } = makeCode(channel, keys);
    const now = clock();
    const message = { session: session.name, action, channel: name, startedAt: now, code: stored };
    // Stored first: no code is ever on its way that was not counted.
    const started = await accounts.change(worker, (record) => startMessage(record, message, now, policy));
    if (started.kind === "refuse") return started;
    const sent = toMessage(worker, { ...message, code });
    await sendMessage(channel, sent);
    return { kind: "code-sent", channel: name, expiresAt: sent.expiresAt };
  }

  async function proveMessage({ worker }: Session, place: Place, given: unknown): Promise<Proved | Refuse> {
    const now = clock();
    const proof = { method: "message", place, needsNoFactor: channels.size > 0 } as const;
    return await accounts.changeVerified(worker, {
      ask: (record): StoredMessage | undefined =>
        isTryAllowed(record, place, now, policy) ? messageOf(record, place, now) : undefined,
      verify: (message) =>
        checkMessage(channels.get(message.channel), toMessage(worker, message), given, keys),
      decide: (record, isRight) => {
        if (isRight === undefined) missMessage(given, keys);
        // The code goes with what its session was asked.
        const use = (current: AccountRecord) => (isRight === true ? current : undefined);
        return settleProof(record, { ...proof, use }, now, policy);
      },
    });
  }

  return { sendCode, proveMessage };
}
