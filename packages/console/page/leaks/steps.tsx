import type { BreachDuty } from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { reasonText } from "../ended/reason.ts";
import { Button, useDeed } from "../kit/button.tsx";
import { minuteOf, readMinute } from "../kit/day.ts";
import { Dialog } from "../kit/dialog.tsx";
import { Field } from "../kit/field.tsx";
import { RunningClock } from "../kit/running-clock.tsx";
import { Time } from "../kit/time.tsx";
import type { Change, PartProps } from "./desk.tsx";
import { say } from "./words.ts";

/** What is to be done by when: each with a clock that runs until it is done. */
export function Steps({ leak: { duties, closed }, change }: PartProps): JSX.Element {
  return (
    <section>
      <h3>{say.clocks}</h3>
      <ul class="cards">
        {duties.map((duty) => (
          <li key={duty.step} class="card">
            <Step duty={duty} change={change} isClosed={closed !== null} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface StepProps {
  readonly duty: BreachDuty;
  readonly change: Change;
  readonly isClosed: boolean;
}

function Step({ duty, change, isClosed }: StepProps): JSX.Element {
  const { step, reason, source, dueAt, isOverdue, doneAt, staysUntil } = duty;
  const [isAsking, ask] = useState(false);
  return (
    <>
      <h4>
        {say.steps[step]}{" "}
        {doneAt !== null && (
          <span class={isOverdue ? "tag wrong" : "tag"}>{isOverdue ? say.doneLate : say.check}</span>
        )}
      </h4>
      <p>{reasonText(reason) ?? reason}</p>
      {doneAt === null && <RunningClock dueAt={dueAt} />}
      <small class="soft">
        {say.dueAt} <Time at={dueAt} /> · <code>{source}</code>
      </small>
      {doneAt !== null && (
        <p>
          {say.doneAt} <Time at={doneAt} />
        </p>
      )}
      {staysUntil !== null && (
        <p>
          {say.staysUntil} <Time at={staysUntil} />
        </p>
      )}
      {/* Posting is done by posting. */}
      {doneAt === null && !isClosed && step !== "post" && (
        <p>
          <Button onClick={() => ask(true)} of={say.steps[step]}>
            {say.finish}
          </Button>
        </p>
      )}
      {isAsking && <FinishDialog step={step} change={change} onClose={() => ask(false)} />}
    </>
  );
}

interface FinishDialogProps {
  readonly step: BreachDuty["step"];
  readonly change: Change;
  readonly onClose: () => void;
}

function FinishDialog({ step, change, onClose }: FinishDialogProps): JSX.Element {
  const [at, setAt] = useState(minuteOf(Date.now()));
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      await change("POST", ["steps"], { step, at: readMinute(at) }, say.finished(say.steps[step]));
      onClose();
    });
  };
  return (
    <Dialog title={`${say.steps[step]}: ${say.finish}`} onClose={onClose}>
      <p class="soft">{say.finishLead}</p>
      <form onSubmit={send}>
        <Field label={say.finishedAt} type="datetime-local" value={at} onInput={setAt} isRequired />
        <div class="row end">
          <Button onClick={onClose}>{say.cancel}</Button>
          <button type="submit" class="main" disabled={isBusy}>
            {say.finish}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
