import type { LeakFacts } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../kit/button.tsx";
import { Check, Field, Select } from "../kit/field.tsx";
import type { PartProps } from "./desk.tsx";
import { Scope } from "./found.tsx";
import { QUESTIONS } from "./leak.ts";
import { say } from "./words.ts";

type Answer = "yes" | "no" | "";

const ANSWERS: readonly { readonly value: Answer; readonly text: string }[] = [
  { value: "", text: say.unknown },
  { value: "yes", text: say.yes },
  { value: "no", text: say.no },
];

/** What is known of it, which says what is to be done and by when. */
export function FactsDesk({ leak, change }: PartProps): JSX.Element {
  const { facts, closed } = leak;
  return (
    <section>
      <h3>{say.facts}</h3>
      <Scope leak={leak} change={change} />
      <Said facts={facts} isPrinted={closed === null} />
      {closed === null && <FactsForm leak={leak} change={change} />}
    </section>
  );
}

/** As text: on paper, and where it is changed no more. */
function Said({ facts, isPrinted }: { readonly facts: LeakFacts; readonly isPrinted: boolean }): JSX.Element {
  const { isPossibleOnly, subjects } = facts;
  return (
    <div class={isPrinted ? "print-only" : ""}>
      <dl class="facts">
        <dt>{say.possible}</dt>
        <dd>{isPossibleOnly ? say.yes : say.no}</dd>
        <dt>{say.subjects}</dt>
        <dd>{subjects === null ? say.unknown : say.people(subjects)}</dd>
        {QUESTIONS.map((name) => (
          <>
            <dt>{say.questions[name]}</dt>
            <dd>{ANSWERS.find(({ value }) => value === answerOf(facts[name]))?.text}</dd>
          </>
        ))}
      </dl>
    </div>
  );
}

function FactsForm({ leak: { facts: first }, change }: PartProps): JSX.Element {
  const [facts, set] = useState(first);
  const [people, setPeople] = useState(first.subjects === null ? "" : String(first.subjects));
  const isCount = /^\d{0,12}$/.test(people.trim());
  const save = async (): Promise<void> => {
    const subjects = people.trim() === "" ? null : Number(people);
    await change("PATCH", [], { facts: { ...facts, subjects } }, say.saved);
  };
  return (
    <div class="no-print">
      <p class="soft">{say.factsHelp}</p>
      <div class="filters">
        <Field
          label={say.subjects}
          help={say.subjectsHelp}
          wrong={isCount ? undefined : say.subjectsWrong}
          value={people}
          onInput={setPeople}
          inputMode="numeric"
          maxLength={12}
        />
        {QUESTIONS.map((name) => (
          <Select
            key={name}
            label={say.questions[name]}
            value={answerOf(facts[name])}
            options={ANSWERS}
            onChange={(answer) => set({ ...facts, [name]: answer === "" ? null : answer === "yes" })}
          />
        ))}
      </div>
      <Check
        label={say.possible}
        isOn={facts.isPossibleOnly}
        onChange={(isPossibleOnly) => set({ ...facts, isPossibleOnly })}
      />
      <Button onClick={save} of={say.facts} isDisabled={!isCount}>
        {say.save}
      </Button>
    </div>
  );
}

function answerOf(answer: boolean | null): Answer {
  if (answer === null) return "";
  return answer ? "yes" : "no";
}
