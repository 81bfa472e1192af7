import type { Contract as Signed, SubProcessor } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, useDeed } from "../kit/button.tsx";
import { dayOf, startOfDay } from "../kit/day.ts";
import { Dialog } from "../kit/dialog.tsx";
import { Field, TextArea } from "../kit/field.tsx";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import type { Contract } from "./contract.ts";
import { TermFields } from "./paper.tsx";
import { say } from "./words.ts";

interface ContractDialogProps {
  /** `null` for a new one. */
  readonly first: Contract | null;
  /** The own seller; `null` where that is chosen here. */
  readonly sellerId: string | null;
  readonly onClose: () => void;
  readonly onFiled: () => void;
}

/** Puts a seller's contract with a tool on file, in place of the one before. */
export function ContractDialog({ first, sellerId, onClose, onFiled }: ContractDialogProps): JSX.Element {
  const [signed, set] = useState<Signed>(first ?? blankOf(sellerId));
  const [tasks, setTasks] = useState(signed.tasks.join("\n"));
  const [passedOn, setPassedOn] = useState(signed.subProcessors.map(lineOf).join("\n"));
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const { toolId, document, signedAt, endsAt } = signed;
      const lists = { tasks: linesOf(tasks), subProcessors: linesOf(passedOn).map(readSubProcessor) };
      const given = { sellerId: signed.sellerId, toolId, document, signedAt, endsAt, ...lists };
      await apiProving("PUT", "duties/contracts", given);
      onClose();
      onFiled();
      tell(say.filed);
    });
  };
  return (
    <Dialog title={first === null ? say.addContract : say.change} onClose={onClose}>
      <form class="wide-fields" onSubmit={send}>
        {first === null && <Between signed={signed} set={set} isOwn={sellerId !== null} />}
        <TextArea label={say.tasks} help={say.tasksHelp} value={tasks} onInput={setTasks} rows={2} />
        <TextArea
          label={say.subProcessors}
          help={say.subProcessorsHelp}
          value={passedOn}
          onInput={setPassedOn}
          rows={2}
        />
        <TermFields paper={signed} set={set} />
        <div class="row end">
          <Button onClick={onClose}>{say.cancel}</Button>
          <button type="submit" class="main" disabled={isBusy}>
            {say.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface BetweenProps {
  readonly signed: Signed;
  readonly set: (signed: Signed) => void;
  readonly isOwn: boolean;
}

/** Who signed: what a contract is known by is not changed. */
function Between({ signed, set, isOwn }: BetweenProps): JSX.Element {
  return (
    <>
      {!isOwn && (
        <Field
          label={say.idOf(say.parties.seller)}
          value={signed.sellerId}
          onInput={(sellerId) => set({ ...signed, sellerId })}
          maxLength={256}
          isRequired
        />
      )}
      <Field
        label={say.idOf(say.parties.tool)}
        value={signed.toolId}
        onInput={(toolId) => set({ ...signed, toolId })}
        maxLength={256}
        isRequired
      />
    </>
  );
}

function blankOf(sellerId: string | null): Signed {
  const signedAt = startOfDay(dayOf(Date.now()));
  const nothing = { toolId: "", tasks: [], subProcessors: [], document: "" };
  return { sellerId: sellerId ?? "", ...nothing, signedAt, endsAt: null };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "");
}

/** One a line, as it is typed. */
function lineOf({ name, task, country }: SubProcessor): string {
  return `${name} / ${task} / ${country}`;
}

/** What is missing is refused by name. */
function readSubProcessor(line: string): SubProcessor {
  const [name = "", task = "", country = ""] = line.split("/").map((part) => part.trim());
  return { name, task, country: country.toUpperCase() };
}
