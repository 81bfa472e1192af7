import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../kit/button.tsx";
import { askText } from "../kit/dialog.tsx";
import { beginApp, EnrolApp } from "../second-factor/enrol-app.tsx";
import { enrolPasskey } from "../second-factor/enrol-passkey.ts";
import type { AppSecret } from "../second-factor/factors.ts";
import { hasPasskeys } from "../second-factor/passkey.ts";
import { say as factorSay } from "../second-factor/words.ts";
import { say } from "./words.ts";

interface AddFactorProps {
  readonly offersPasskeys: boolean;
  readonly done: () => void;
}

/** One more second factor, under a name its owner gives it. */
export function AddFactor({ offersPasskeys, done }: AddFactorProps): JSX.Element {
  const [secret, setSecret] = useState<AppSecret | undefined>(undefined);
  const addApp = async (): Promise<void> => {
    const name = await askName(say.addApp, factorSay.appName);
    if (name !== undefined) setSecret(await beginApp(name));
  };
  const addPasskey = async (): Promise<void> => {
    const name = await askName(say.addPasskey, factorSay.passkeyName);
    if (name === undefined) return;
    await enrolPasskey(name);
    done();
  };
  const finish = (): void => {
    setSecret(undefined);
    done();
  };
  if (secret !== undefined) return <EnrolApp secret={secret} done={finish} />;
  return (
    <div class="row">
      <Button onClick={addApp}>{say.addApp}</Button>
      {offersPasskeys && hasPasskeys && <Button onClick={addPasskey}>{say.addPasskey}</Button>}
    </div>
  );
}

function askName(title: string, value: string): Promise<string | undefined> {
  return askText({ title, label: say.name, deed: say.next, value, maxLength: 64 });
}
