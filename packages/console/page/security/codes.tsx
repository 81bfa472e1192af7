import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { RecoveryCodes } from "../second-factor/recovery-codes.tsx";
import { say } from "./words.ts";

interface CodesProps {
  readonly left: number;
  readonly done: () => void;
}

/** How many recovery codes are left, and new ones. */
export function Codes({ left, done }: CodesProps): JSX.Element {
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined);
  const makeNew = async (): Promise<void> => {
    const question = { title: say.newCodes, text: say.newCodesDoes, deed: say.newCodes };
    if (left > 0 && !(await askFirst(question))) return;
    setCodes((await api<{ readonly codes: readonly string[] }>("POST", "factors/recovery-codes", {})).codes);
  };
  const keep = (): void => {
    setCodes(undefined);
    done();
  };
  if (codes !== undefined)
    return (
      <RecoveryCodes codes={codes}>
        <Button kind="main" onClick={keep}>
          {say.kept}
        </Button>
      </RecoveryCodes>
    );
  return (
    <section>
      <h2>{say.codes}</h2>
      <p>{say.codesLeft(left)}</p>
      <Button onClick={makeNew}>{say.newCodes}</Button>
    </section>
  );
}
