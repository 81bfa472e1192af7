import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { tell } from "../kit/toast.tsx";
import { CodeForm } from "./code-form.tsx";
import type { Factors } from "./factors.ts";
import { hasPasskeys, usePasskey } from "./passkey.ts";
import { say } from "./words.ts";

interface StepUpProps {
  readonly list: Factors;
  /** What it is asked for: a proof of one proves no other. */
  readonly action: string;
  /** Called once it is proved. */
  readonly onProved: () => void;
  /** Asked after each refusal: it may be locked by now. */
  readonly reload: () => void;
}

/** Proves with what one has enrolled. */
export function StepUp({ list, action, onProved, reload }: StepUpProps): JSX.Element {
  const { factors, recoveryCodesLeft, channels, offersPasskeys } = list;
  const has = (kind: string): boolean => factors.some((factor) => factor.kind === kind);
  const prove = async (offer: object): Promise<void> => {
    try {
      await api("POST", "step-up", { ...offer, action }, { stays: true });
      onProved();
    } catch (error) {
      reload();
      throw error;
    }
  };
  const byPasskey = async (): Promise<void> => {
    const { options } = await api<{ readonly options: object }>("POST", "step-up/passkey", { action });
    await prove({ method: "passkey", response: await usePasskey(options) });
  };
  return (
    <>
      {has("passkey") && offersPasskeys && hasPasskeys && (
        <p>
          <Button kind="main" onClick={byPasskey}>
            {say.byPasskey}
          </Button>
        </p>
      )}
      {has("totp") && (
        <CodeForm
          label={say.code}
          help={say.codeHelp}
          take={(code) => prove({ method: "totp", code })}
          isDigits
          isFirst
        />
      )}
      {channels.map((channel) => (
        <ByMessage key={channel} channel={channel} action={action} prove={prove} />
      ))}
      {recoveryCodesLeft > 0 && (
        <details>
          <summary>{say.byRecovery}</summary>
          <p class="soft">{say.recoveryLeft(recoveryCodesLeft)}</p>
          <CodeForm
            label={say.recovery}
            help={say.recoveryHelp}
            take={(code) => prove({ method: "recovery", code })}
          />
        </details>
      )}
      <p class="soft">{say.lost}</p>
    </>
  );
}

interface ByMessageProps {
  readonly channel: string;
  readonly action: string;
  readonly prove: (offer: object) => Promise<void>;
}

function ByMessage({ channel, action, prove }: ByMessageProps): JSX.Element {
  const [isSent, setSent] = useState(false);
  const send = async (): Promise<void> => {
    await api("POST", "step-up/message", { channel, action }, { stays: true });
    setSent(true);
    tell(say.messageSent);
  };
  return (
    <div>
      <Button onClick={send}>{say.byMessage(channel)}</Button>
      {isSent && (
        <CodeForm
          label={say.code}
          help={say.messageSent}
          take={(code) => prove({ method: "message", code })}
          isDigits
          isFirst
        />
      )}
    </div>
  );
}
