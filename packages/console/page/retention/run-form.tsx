import type { FiledSchedule, Ran } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { Select } from "../kit/field.tsx";
import { tell } from "../kit/toast.tsx";
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
  const run = async (): Promise<void> => {
    const title = `${kindText(recordType, schedules)}: ${say.run}`;
    if (!(await askFirst({ title, text: say.runLead, deed: say.run, kind: "danger" }))) return;
    const { destructions, held } = await apiProving<Ran>("POST", "duties/destructions", { recordType });
    tell(
      say.ran(
        destructions.reduce((sum, { records }) => sum + records, 0),
        held,
      ),
    );
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
      <Button kind="danger" onClick={run}>
        {say.run}
      </Button>
    </div>
  );
}
