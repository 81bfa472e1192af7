import type { JSX } from "preact";
import { reasonText } from "../ended/reason.ts";
import { dayOf, endOfDay, startOfDay } from "../kit/day.ts";
import { Field } from "../kit/field.tsx";
import { Time } from "../kit/time.tsx";
import type { Agreement, Contract } from "./contract.ts";
import { say } from "./words.ts";

type Paper = Agreement | Contract;

/** Whether a tool gets anything by it. */
export function Standing({ paper: { reason } }: { readonly paper: Paper }): JSX.Element {
  if (reason === null) return <span class="tag">{say.inForce}</span>;
  return (
    <>
      <span class="tag wrong">{say.notInForce}</span>
      <small class="soft">{reasonText(reason) ?? reason}</small>
    </>
  );
}

/** The end is exclusive: the last day is the one before. */
export function Term({ paper: { signedAt, endsAt } }: { readonly paper: Paper }): JSX.Element {
  return (
    <>
      <Time at={signedAt} isDay /> –{" "}
      {endsAt === null ? <span class="soft">{say.noEnd}</span> : <Time at={endsAt - 1} isDay />}
    </>
  );
}

interface TermFieldsProps<T> {
  readonly paper: T;
  readonly set: (paper: T) => void;
}

/** What every signed paper has: from when to when, and where it is kept. */
export function TermFields<T extends Pick<Paper, "signedAt" | "endsAt" | "document">>({
  paper,
  set,
}: TermFieldsProps<T>): JSX.Element {
  const { signedAt, endsAt, document } = paper;
  return (
    <>
      <div class="filters">
        <Field
          label={say.signedOn}
          type="date"
          value={dayOf(signedAt)}
          onInput={(day) => day !== "" && set({ ...paper, signedAt: startOfDay(day) })}
          isRequired
        />
        <Field
          label={say.endsOn}
          help={say.endsOnHelp}
          type="date"
          value={endsAt === null ? "" : dayOf(endsAt - 1)}
          onInput={(day) => set({ ...paper, endsAt: day === "" ? null : endOfDay(day) })}
        />
      </div>
      <Field
        label={say.document}
        help={say.paperHelp}
        value={document}
        onInput={(text) => set({ ...paper, document: text })}
        maxLength={200}
        isRequired
      />
    </>
  );
}
