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
  readonly facts: Omit<LeakFacts, "subjects">;
  /** What the log was asked: it is asked again, and the answer put on file. */
  readonly filter: object;
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
      const said = { title, kind, knownAt: readMinute(knownAt) };
      const { id } = await (begun === undefined ? openBlank(said) : openFound(said, begun));
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

interface Said {
  readonly title: string;
  readonly kind: LeakKind;
  readonly knownAt: number;
}

function openBlank(said: Said): Promise<Leak> {
  return apiProving<Leak>("POST", "duties/leaks", { ...said, facts: NO_FACTS, scope: null });
}

/** How many it concerns and which items, the log says; those concerned go on the host's list. */
function openFound(said: Said, { facts, filter }: Begun): Promise<Leak> {
  return apiProving<Leak>("POST", "duties/leaks/from-scope", { ...said, facts, filter });
}
