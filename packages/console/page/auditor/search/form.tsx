import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field, Select } from "../../kit/field.tsx";
import type { LogWords } from "../log/words.ts";
import {
  isOfSubject,
  isSaid,
  NARROW,
  NOTHING,
  nameOf,
  QUESTIONS,
  type Question,
  type QuestionName,
} from "./question.ts";
import { say } from "./words.ts";

interface FormProps {
  readonly first: Question;
  readonly words: LogWords;
  readonly onAsk: (question: Question) => void;
}

/** The form of a question. Nothing is asked before it is sent: each question is on record. */
export function QuestionForm({ first, words, onAsk }: FormProps): JSX.Element {
  const [question, setQuestion] = useState(first);
  const set = (more: Partial<Question>): void => setQuestion({ ...question, ...more });
  const send = (event: Event): void => {
    event.preventDefault();
    onAsk(question);
  };
  const isNarrowed = NARROW.some((name) => first[name] !== "");
  return (
    <form class="no-print" onSubmit={send}>
      <div class="filters">
        <Select
          label={say.question}
          value={question.ask}
          options={Object.keys(QUESTIONS).map((ask) => ({
            value: ask as QuestionName,
            text: say.questions[ask as QuestionName],
          }))}
          onChange={(ask) => set({ ask, value: NOTHING.value })}
        />
        <Whom question={question} set={set} />
        <Field label={say.from} type="date" value={question.from} onInput={(from) => set({ from })} />
        <Field label={say.to} type="date" value={question.to} onInput={(to) => set({ to })} />
        <button type="submit" class="main">
          {say.search}
        </button>
      </div>
      <details open={isNarrowed}>
        <summary>{say.more}</summary>
        <div class="filters">
          <Narrow question={question} set={set} words={words} />
        </div>
      </details>
    </form>
  );
}

interface PartProps {
  readonly question: Question;
  readonly set: (more: Partial<Question>) => void;
}

function Whom({ question: { ask, value }, set }: PartProps): JSX.Element | null {
  const name = nameOf(ask);
  if (name === undefined) return null;
  return (
    <Field
      key={ask}
      label={say.value[name] ?? name}
      value={value}
      onInput={(typed) => set({ value: typed })}
      maxLength={256}
      isRequired
      {...(isOfSubject(ask) && { help: say.subjectHelp })}
    />
  );
}

function Narrow({ question, set, words }: PartProps & { readonly words: LogWords }): JSX.Element {
  const choices = { kind: words.actors, action: words.actions, outcome: words.outcomes };
  const shown = NARROW.filter((name) => !isSaid(name, question.ask));
  return (
    <>
      {shown.map((name) =>
        name === "kind" || name === "action" || name === "outcome" ? (
          <Select
            key={name}
            label={say[name]}
            value={question[name]}
            options={[
              { value: "", text: say.all },
              ...Object.entries(choices[name]).map(([value, text]) => ({ value, text })),
            ]}
            onChange={(value) => set({ [name]: value })}
          />
        ) : (
          <Field
            key={name}
            label={say[name]}
            value={question[name]}
            onInput={(value) => set({ [name]: value })}
            maxLength={256}
          />
        ),
      )}
    </>
  );
}
