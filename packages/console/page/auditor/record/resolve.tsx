import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../../kit/api.ts";
import { useDeed } from "../../kit/button.tsx";
import { Field, Select, TextArea } from "../../kit/field.tsx";
import { numberText } from "../../kit/words.ts";
import type { Pseudonym } from "../log/entry.ts";
import type { LogWords } from "../log/words.ts";
import { say } from "./words.ts";

interface Resolved {
  readonly hex: string;
  readonly id: string;
}

interface ResolveProps {
  readonly shown: { readonly pseudonyms: readonly Pseudonym[]; readonly subjects: number };
  readonly words: LogWords;
}

/** Whom a record is about: pseudonyms, and whose they are, for a purpose. */
export function Resolve({ shown: { pseudonyms, subjects }, words }: ResolveProps): JSX.Element {
  return (
    <>
      <h3>{say.subjects}</h3>
      <ul>
        {pseudonyms.map(({ type, hex }) => (
          <li key={hex}>
            {words.subjects[type] ?? type} <code>{hex}</code>
          </li>
        ))}
      </ul>
      {subjects > pseudonyms.length && <p>{say.subjectsMore(subjects - pseudonyms.length)}</p>}
      <details class="no-print">
        <summary>{say.resolve}</summary>
        <ResolveForm pseudonyms={pseudonyms} words={words} />
      </details>
    </>
  );
}

interface ResolveFormProps {
  readonly pseudonyms: readonly Pseudonym[];
  readonly words: LogWords;
}

function ResolveForm({ pseudonyms, words }: ResolveFormProps): JSX.Element {
  const [type, setType] = useState("buyer");
  const [candidates, setCandidates] = useState("");
  const [purpose, setPurpose] = useState("");
  const [resolved, setResolved] = useState<readonly Resolved[] | undefined>(undefined);
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const ids = candidates
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
      const body = {
        pseudonyms: pseudonyms.map(({ hex }) => hex),
        candidates: ids.map((id) => ({ type, id })),
        purpose,
      };
      const answer = await api<{ readonly resolved: readonly Resolved[] }>(
        "POST",
        "auditor/resolve-subject",
        body,
      );
      setResolved(answer.resolved);
    });
  };
  return (
    <form onSubmit={send}>
      <p class="soft">{say.resolveLead}</p>
      <Select
        label={say.candidateType}
        value={type}
        options={Object.entries(words.subjects).map(([value, text]) => ({ value, text }))}
        onChange={setType}
      />
      <TextArea label={say.candidates} value={candidates} onInput={setCandidates} rows={3} />
      <Field label={say.resolvePurpose} value={purpose} onInput={setPurpose} maxLength={256} isRequired />
      <button type="submit" disabled={isBusy}>
        {say.resolveDeed}
      </button>
      <div role="status">
        {resolved?.length === 0 && <p>{say.nobody}</p>}
        {resolved !== undefined && resolved.length > 0 && (
          <ul>
            {resolved.map(({ hex, id }) => (
              <li key={hex}>{say.matched(`${hex.slice(0, 8)}…`, id)}</li>
            ))}
          </ul>
        )}
        {resolved !== undefined && <span class="unseen">{numberText(resolved.length)}</span>}
      </div>
    </form>
  );
}
