import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, Select } from "../../kit/field.tsx";
import { language } from "../../kit/words.ts";
import { useSaving } from "../log/save.tsx";
import type { bodyOf } from "./question.ts";
import { say } from "./words.ts";

const FORMATS = ["csv", "xlsx", "ndjson"] as const;

interface ExportProps {
  readonly asked: NonNullable<ReturnType<typeof bodyOf>>;
}

/** Everything a question finds, as a file. */
export function Export({ asked }: ExportProps): JSX.Element {
  const [format, setFormat] = useState<(typeof FORMATS)[number]>("csv");
  const [password, setPassword] = useState("");
  const { save, progress, isBusy } = useSaving();
  const send = (event: Event): void => {
    event.preventDefault();
    const own = format === "xlsx" ? { password } : {};
    void save("auditor/exports", { ...asked.body, ...own, verb: asked.verb, format, language });
  };
  return (
    <details class="no-print">
      <summary>{say.export}</summary>
      <form onSubmit={send}>
        <p class="soft">{say.exportLead}</p>
        <div class="filters">
          <Select
            label={say.format}
            value={format}
            options={FORMATS.map((value) => ({ value, text: say[value] }))}
            onChange={setFormat}
          />
          {format === "xlsx" && (
            <Field
              label={say.password}
              type="password"
              autocomplete="new-password"
              value={password}
              onInput={setPassword}
              isRequired
            />
          )}
          <button type="submit" disabled={isBusy}>
            {say.make}
          </button>
        </div>
      </form>
      {progress}
    </details>
  );
}
