import type { FiledSchedule, PlacedDataHold } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, useDeed } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { Field, Select, TextArea } from "../kit/field.tsx";
import { complain, tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { kindText } from "./kind.ts";
import { say } from "./words.ts";

interface HoldDialogProps {
  readonly schedules: readonly FiledSchedule[];
  readonly onClose: () => void;
  readonly onPlaced: () => void;
}

const EVERY = "*";

/** Holds records of a kind: all of them, or those that are named. */
export function HoldDialog({ schedules, onClose, onPlaced }: HoldDialogProps): JSX.Element {
  const [recordType, setType] = useState(EVERY);
  const [ids, setIds] = useState("");
  const [reason, setReason] = useState("");
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const given = { recordType, recordIds: linesOf(ids), reason };
      const { gone, underWay } = await apiProving<PlacedDataHold>("POST", "duties/data-holds", given);
      onClose();
      onPlaced();
      if (gone + underWay === 0) tell(say.held);
      else complain(say.heldLate(gone, underWay));
    });
  };
  const kinds = schedules.map((one) => ({
    value: one.recordType,
    text: kindText(one.recordType, schedules),
  }));
  return (
    <Dialog title={say.hold} onClose={onClose}>
      <form onSubmit={send}>
        <Select
          label={say.kind}
          value={recordType}
          options={[{ value: EVERY, text: say.everyKind }, ...kinds]}
          onChange={setType}
        />
        <TextArea label={say.holdIds} help={say.holdIdsHelp} value={ids} onInput={setIds} rows={3} />
        <Field
          label={say.holdWhy}
          help={say.holdWhyHelp}
          value={reason}
          onInput={setReason}
          maxLength={1_000}
          isRequired
        />
        <div class="row end">
          <Button onClick={onClose}>{say.cancel}</Button>
          <button type="submit" class="main" disabled={isBusy}>
            {say.hold}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** One id a line; `null` for every record. */
function linesOf(text: string): readonly string[] | null {
  const lines = text.split("\n").map((line) => line.trim());
  const ids = lines.filter((line) => line !== "");
  return ids.length === 0 ? null : ids;
}
