import type { ElevationStatus } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { Field, Select } from "../kit/field.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { Time } from "../kit/time.tsx";
import { tell } from "../kit/toast.tsx";
import { roleText } from "../staff/words.ts";
import { say } from "./words.ts";

/** Of the endpoint `duties/my-elevation`. */
interface Own {
  readonly elevation: ElevationStatus | null;
  readonly mostHours: number;
  readonly roles: readonly string[];
}

/** What one has borrowed, or asks for. */
export function OwnElevation(): JSX.Element {
  const [load, reload] = useLoad((signal) => api<Own>("GET", "duties/my-elevation", undefined, { signal }));
  return (
    <section>
      <h2>{say.own}</h2>
      <Loaded of={load} retry={reload}>
        {(own) =>
          own.elevation === null || own.elevation.state === "ended" ? (
            <AskForm own={own} onAsked={reload} />
          ) : (
            <Running elevation={own.elevation} reload={reload} />
          )
        }
      </Loaded>
    </section>
  );
}

interface RunningProps {
  readonly elevation: ElevationStatus;
  readonly reload: () => void;
}

function Running({ elevation: { id, roles, why, state, endsAt }, reload }: RunningProps): JSX.Element {
  const end = async (): Promise<void> => {
    await api("DELETE", "duties/my-elevation", { id });
    tell(say.ended);
    reload();
  };
  return (
    <div class="card">
      <h3>
        {roles.map(roleText).join(", ")} <span class="tag">{say.states[state]}</span>
      </h3>
      <p>{why}</p>
      <p class="soft">
        {say.until} <Time at={endsAt} />
      </p>
      <Button onClick={end}>{say.withdraw}</Button>
    </div>
  );
}

interface AskFormProps {
  readonly own: Own;
  readonly onAsked: () => void;
}

function AskForm({ own: { roles, mostHours }, onAsked }: AskFormProps): JSX.Element {
  const [role, setRole] = useState(roles[0] ?? "");
  const [hours, setHours] = useState("1");
  const [why, write] = useState("");
  const ask = async (): Promise<void> => {
    await api("POST", "duties/my-elevation", { roles: [role], hours: Number(hours), why });
    tell(say.asked);
    onAsked();
  };
  const counts = Array.from({ length: mostHours }, (_, i) => String(i + 1));
  return (
    <div class="card">
      <div class="filters">
        <Select
          label={say.role}
          value={role}
          options={roles.map((value) => ({ value, text: roleText(value) }))}
          onChange={setRole}
        />
        <Select
          label={say.hours}
          value={hours}
          options={counts.map((value) => ({ value, text: value }))}
          onChange={setHours}
        />
      </div>
      <Field label={say.why} help={say.whyHelp} value={why} onInput={write} maxLength={200} />
      <Button kind="main" onClick={ask} isDisabled={why.trim() === ""}>
        {say.ask}
      </Button>
    </div>
  );
}
