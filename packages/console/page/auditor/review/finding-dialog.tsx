import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../../kit/api.ts";
import { Button, useDeed } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Check, Field, TextArea } from "../../kit/field.tsx";
import { say } from "./words.ts";

interface FindingDialogProps {
  readonly month: string;
  /** The record it is about, where it is about one. */
  readonly about: number | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Puts a finding on record. */
export function FindingDialog({ month, about, onClose, onDone }: FindingDialogProps): JSX.Element {
  const [what, setWhat] = useState("");
  const [owner, setOwner] = useState("");
  const [place, setPlace] = useState(about === undefined ? "" : String(about));
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const more = place.trim() === "" ? {} : { about: Number(place) };
      await api("POST", "auditor/review/find", { month, what, owner, ...more });
      onDone();
    });
  };
  return (
    <Dialog title={say.findOther} onClose={onClose}>
      <form onSubmit={send}>
        <TextArea label={say.findWhat} value={what} onInput={setWhat} rows={3} maxLength={1_000} />
        <Field label={say.findOwner} value={owner} onInput={setOwner} maxLength={256} isRequired />
        <Field label={say.findAbout} value={place} onInput={setPlace} inputMode="numeric" />
        <div class="row end">
          <Button onClick={onClose}>{say.cancel}</Button>
          <button type="submit" class="main" disabled={isBusy}>
            {say.put}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface FollowDialogProps {
  readonly month: string;
  readonly finding: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Puts on record what was done about a finding. */
export function FollowDialog({ month, finding, onClose, onDone }: FollowDialogProps): JSX.Element {
  const [what, setWhat] = useState("");
  const [isClosed, setClosed] = useState(false);
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const closed = isClosed ? "yes" : "no";
      await api("POST", "auditor/review/follow", { month, finding, what, closed });
      onDone();
    });
  };
  return (
    <Dialog title={say.followUp} onClose={onClose}>
      <form onSubmit={send}>
        <TextArea label={say.followWhat} value={what} onInput={setWhat} rows={3} maxLength={1_000} />
        <Check label={say.closes} isOn={isClosed} onChange={setClosed} />
        <div class="row end">
          <Button onClick={onClose}>{say.cancel}</Button>
          <button type="submit" class="main" disabled={isBusy}>
            {say.put}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
