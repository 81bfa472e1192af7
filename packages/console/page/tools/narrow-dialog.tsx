import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { Check, Field } from "../kit/field.tsx";
import { complain } from "../kit/toast.tsx";
import { type Connection, kindText } from "./connection.ts";
import { say } from "./words.ts";

interface NarrowDialogProps {
  readonly connection: Connection;
  readonly close: () => void;
  readonly done: () => void;
}

const DAY_MS = 86_400_000;
const KOREA_MS = 9 * 3_600_000;

/** Takes fields, states or time away. Nothing can be added here. */
export function NarrowDialog({ connection, close, done }: NarrowDialogProps): JSX.Element {
  const { id, tool, fields, states, endsAt } = connection;
  const [keptFields, keepFields] = useState<readonly string[]>(fields);
  const [keptStates, keepStates] = useState<readonly string[]>(states);
  const lastDay = dayOf(endsAt - 1);
  const [day, setDay] = useState(lastDay);
  const save = async (): Promise<void> => {
    if (keptFields.length === 0 || keptStates.length === 0) return complain(say.nothingLeft);
    const end = day === lastDay || day === "" ? {} : { endsAt: Date.parse(`${day}T00:00:00+09:00`) + DAY_MS };
    await api("PATCH", `tools/${encodeURIComponent(id)}`, { fields: keptFields, states: keptStates, ...end });
    done();
  };
  return (
    <Dialog title={`${say.narrow}: ${tool.name}`} onClose={close}>
      <p>{say.narrowLead}</p>
      <Choices
        name={say.fields}
        all={fields}
        kept={keptFields}
        keep={keepFields}
        textOf={(kind) => kindText(kind)}
      />
      <Choices
        name={say.states}
        all={states}
        kept={keptStates}
        keep={keepStates}
        textOf={(state) => say.stateNames[state] ?? state}
      />
      <Field label={say.endsAt} type="date" value={day} onInput={setDay} />
      <div class="row end">
        <Button kind="main" onClick={save}>
          {say.save}
        </Button>
      </div>
    </Dialog>
  );
}

interface ChoicesProps<T extends string> {
  readonly name: string;
  readonly all: readonly T[];
  readonly kept: readonly string[];
  readonly keep: (kept: readonly string[]) => void;
  readonly textOf: (one: T) => string;
}

function Choices<T extends string>({ name, all, kept, keep, textOf }: ChoicesProps<T>): JSX.Element {
  return (
    <fieldset>
      <legend>{name}</legend>
      {all.map((one) => (
        <Check
          key={one}
          label={textOf(one)}
          isOn={kept.includes(one)}
          onChange={(isOn) => keep(all.filter((other) => (other === one ? isOn : kept.includes(other))))}
        />
      ))}
    </fieldset>
  );
}

/** The day in Korea, as a date field writes it. */
function dayOf(at: number): string {
  return new Date(at + KOREA_MS).toISOString().slice(0, 10);
}
