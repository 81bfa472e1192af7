import type { FiledSchedule, Ran } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { Select } from "../kit/field.tsx";
import { tell } from "../kit/toast.tsx";
import { useWork } from "../kit/work.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { kindText } from "./kind.ts";
import { say } from "./words.ts";

interface RunFormProps {
  readonly schedules: readonly FiledSchedule[];
  readonly onRun: () => void;
}

/** Destroys, or stores apart, what of a kind is due. */
export function RunForm({ schedules, onRun }: RunFormProps): JSX.Element {
  const kinds = schedules.map(({ recordType }) => recordType);
  const [recordType, choose] = useState(kinds[0] ?? "");
  const { begin, progress, isBusy } = useWork();
  const run = async (): Promise<void> => {
    const title = `${kindText(recordType, schedules)}: ${say.run}`;
    if (!(await askFirst({ title, text: say.runLead, deed: say.run, kind: "danger" }))) return;
    await begin(say.running(0, 0), (signal, told) => runAll(recordType, signal, told));
    onRun();
  };
  return (
    <div class="filters">
      <Select
        label={say.kind}
        value={recordType}
        options={kinds.map((value) => ({ value, text: kindText(value, schedules) }))}
        onChange={choose}
      />
      <Button kind="danger" onClick={run} isDisabled={isBusy}>
        {say.run}
      </Button>
      {progress}
    </div>
  );
}

/** Page by page: what a page has destroyed stays so, and whoever stops stops before the next. */
async function runAll(recordType: string, signal: AbortSignal, told: (label: string) => void): Promise<void> {
  let [records, held] = [0, 0];
  let after: string | null = null;
  do {
    const asked = { recordType, ...(after === null ? {} : { after }) };
    const page: Ran = await apiProving<Ran>("POST", "duties/destructions", asked);
    records += page.destructions.reduce((sum, one) => sum + one.records, 0);
    held += page.held;
    after = page.next;
    told(say.running(records, held));
  } while (after !== null && !signal.aborted);
  tell((after === null ? say.ran : say.ranPart)(records, held));
}
