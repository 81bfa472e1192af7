import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field } from "../kit/field.tsx";
import { refusalOf } from "../kit/load.tsx";
import { say } from "./words.ts";

interface CodeFormProps {
  readonly label: string;
  readonly help: string;
  /** Gets the code without the spaces people type. What it throws is told beneath the field. */
  readonly take: (code: string) => Promise<void>;
  readonly isDigits?: boolean;
  readonly isFirst?: boolean;
}

/** A field for a code. A wrong one is emptied: the next one shall replace it. */
export function CodeForm({
  label,
  help,
  take,
  isDigits = false,
  isFirst = false,
}: CodeFormProps): JSX.Element {
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    try {
      await take(code.replace(/\s/g, ""));
      setWrong(undefined);
    } catch (error) {
      setCode("");
      setWrong(refusalOf(error).message);
    }
    setBusy(false);
  };
  return (
    <form class="code-form" onSubmit={send}>
      <Field
        label={label}
        help={help}
        wrong={wrong}
        value={code}
        onInput={setCode}
        isRequired
        isFirst={isFirst}
        maxLength={isDigits ? 12 : 64}
        class={isDigits ? "digits" : "wide"}
        placeholder={isDigits ? "000000" : "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"}
        {...(isDigits && ({ inputMode: "numeric", autocomplete: "one-time-code" } as const))}
      />
      <div aria-live="assertive" class="unseen">
        {wrong}
      </div>
      <button type="submit" class="main" disabled={isBusy}>
        {say.confirm}
      </button>
    </form>
  );
}
