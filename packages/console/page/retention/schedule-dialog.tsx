import type { FiledSchedule, Schedule } from "@garim/duties";
import { KEPT_KINDS } from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, useDeed } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { Check, Field } from "../kit/field.tsx";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { say } from "./words.ts";

interface ScheduleDialogProps {
  /** `null` for a new one. */
  readonly first: FiledSchedule | null;
  readonly onClose: () => void;
  readonly onFiled: () => void;
}

const BLANK: Schedule = {
  recordType: "",
  alsoShownAs: [],
  title: { ko: "", en: "" },
  endsWith: "",
  keeps: [],
  apartIn: null,
  method: "",
};

/** Puts the schedule of a kind of record on file, in place of the one before. */
export function ScheduleDialog({ first, onClose, onFiled }: ScheduleDialogProps): JSX.Element {
  const [schedule, set] = useState<Schedule>(first ?? BLANK);
  const [shownAs, setShownAs] = useState(schedule.alsoShownAs.join(", "));
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      const { recordType, ...rest } = schedule;
      const path = `duties/schedules/${encodeURIComponent(recordType.trim())}`;
      await apiProving("PUT", path, { ...rest, alsoShownAs: namesOf(shownAs), apartIn: placeOf(schedule) });
      onClose();
      onFiled();
      tell(say.scheduleFiled);
    });
  };
  return (
    <Dialog title={first === null ? say.newSchedule : say.change} onClose={onClose}>
      <form onSubmit={send}>
        {first === null && (
          <Field
            label={say.recordType}
            help={say.recordTypeHelp}
            value={schedule.recordType}
            onInput={(recordType) => set({ ...schedule, recordType })}
            maxLength={256}
            isRequired
          />
        )}
        <ScheduleFields schedule={schedule} set={set} />
        <Field label={say.alsoShownAs} help={say.alsoShownAsHelp} value={shownAs} onInput={setShownAs} />
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

interface ScheduleFieldsProps {
  readonly schedule: Schedule;
  readonly set: (schedule: Schedule) => void;
}

function ScheduleFields({ schedule, set }: ScheduleFieldsProps): JSX.Element {
  const { title, endsWith, keeps, apartIn, method } = schedule;
  const line = (label: string, value: string, onInput: (text: string) => void): JSX.Element => (
    <Field label={label} value={value} onInput={onInput} maxLength={1_000} isRequired />
  );
  return (
    <>
      {line(say.titleKo, title.ko, (ko) => set({ ...schedule, title: { ...title, ko } }))}
      {line(say.titleEn, title.en, (en) => set({ ...schedule, title: { ...title, en } }))}
      {line(say.endsWith, endsWith, (text) => set({ ...schedule, endsWith: text }))}
      {line(say.method, method, (text) => set({ ...schedule, method: text }))}
      <fieldset>
        <legend>{say.keeps}</legend>
        {KEPT_KINDS.map((kind) => (
          <Check
            key={kind}
            label={say.kept[kind]}
            isOn={keeps.includes(kind)}
            onChange={(isOn) =>
              set({
                ...schedule,
                keeps: KEPT_KINDS.filter((one) => (one === kind ? isOn : keeps.includes(one))),
              })
            }
          />
        ))}
      </fieldset>
      {keeps.length > 0 && line(say.apartIn, apartIn ?? "", (text) => set({ ...schedule, apartIn: text }))}
    </>
  );
}

/** What nothing keeps lies nowhere apart. */
function placeOf({ keeps, apartIn }: Schedule): string | null {
  return keeps.length === 0 ? null : apartIn;
}

function namesOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
