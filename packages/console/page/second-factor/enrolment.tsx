import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button, LinkButton } from "../kit/button.tsx";
import { beginApp, EnrolApp } from "./enrol-app.tsx";
import { enrolPasskey } from "./enrol-passkey.ts";
import type { AppSecret } from "./factors.ts";
import { hasPasskeys } from "./passkey.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { say } from "./words.ts";

interface EnrolmentProps {
  readonly offersPasskeys: boolean;
  /** Where one goes on afterwards. */
  readonly goOn: string;
}

/** The first factor, and recovery codes with it: whoever loses the only one gets in by them. */
export function Enrolment({ offersPasskeys, goOn }: EnrolmentProps): JSX.Element {
  const [secret, setSecret] = useState<AppSecret | undefined>(undefined);
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined);
  const finish = async (): Promise<void> => {
    const made = await api<{ readonly codes: readonly string[] }>("POST", "factors/recovery-codes", {});
    setCodes(made.codes);
  };
  if (codes !== undefined)
    return (
      <RecoveryCodes codes={codes}>
        <LinkButton kind="main" href={goOn}>
          {say.kept}
        </LinkButton>
      </RecoveryCodes>
    );
  if (secret !== undefined) return <EnrolApp secret={secret} done={finish} />;
  const byPasskey = async (): Promise<void> => {
    await enrolPasskey(say.passkeyName);
    await finish();
  };
  return (
    <>
      <p class="lead">{say.enrolLead}</p>
      <ul class="choices">
        <li>
          <Button kind="main" onClick={async () => setSecret(await beginApp(say.appName))}>
            {say.enrolApp}
          </Button>
          <p class="soft">{say.appWhat}</p>
        </li>
        {offersPasskeys && hasPasskeys && (
          <li>
            <Button onClick={byPasskey}>{say.enrolPasskey}</Button>
            <p class="soft">{say.passkeyWhat}</p>
          </li>
        )}
      </ul>
    </>
  );
}
