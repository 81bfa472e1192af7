import type { LeakFacts } from "@garim/duties";
import type { LeakKind } from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, useDeed } from "../kit/button.tsx";
import { readMinute } from "../kit/day.ts";
import { Dialog } from "../kit/dialog.tsx";
import { Field, Select } from "../kit/field.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { KIND_OPTIONS, type Leak, leakPage, NO_FACTS } from "./leak.ts";
import { say } from "./words.ts";

/** What a leak begins with where the log was asked before. */
export interface Begun {
  readonly knownAt: string;
  readonly facts: LeakFacts;
  /** SHA-256 of the scope. */
  readonly scope: string;
}

interface OpenDialogProps {
  readonly onClose: () => void;
  readonly begun?: Begun;
}

/** Puts a leak on file, and goes to it. */
export function OpenDialog({ onClose, begun }: OpenDialogProps): JSX.Element {
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState<LeakKind>("hacking");
  const [knownAt, setKnownAt] = useState(begun?.knownAt ?? "");
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const { facts = NO_FACTS, scope = null } = begun ?? {};
      const given = { title, kind, knownAt: readMinute(knownAt), facts, scope };
      const { id } = await apiProving<Leak>("POST", "duties/leaks", given);
      location.assign(leakPage(id));
    });
  };
  return (
    <Dialog title={say.open} onClose={onClose}>
      <p class="soft">{say.openLead}</p>
      <form onSubmit={send}>
        <Field
          label={say.name}
          help={say.nameHelp}
          value={title}
          onInput={setTitle}
          maxLength={200}
          isRequired
        />
        <Select label={say.kind} value={kind} options={KIND_OPTIONS} onChange={setKind} />
        <Field
          label={say.knownAt}
          help={say.knownHelp}
          type="datetime-local"
          value={knownAt}
          onInput={setKnownAt}
          isRequired
        />
        <div class="row end">
          <Button onClick={onClose}>{say.cancel}</Button>
          <button type="submit" class="main" disabled={isBusy}>
            {say.open}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
