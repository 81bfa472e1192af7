import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { reasonText } from "../ended/reason.ts";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { purposeText, taskText } from "../kit/purpose.ts";
import { Note } from "../kit/states.tsx";
import { Time } from "../kit/time.tsx";
import { tell } from "../kit/toast.tsx";
import { type Connection, kindText } from "./connection.ts";
import { Lately } from "./lately.tsx";
import { NarrowDialog } from "./narrow-dialog.tsx";
import { say } from "./words.ts";

interface ConnectionCardProps {
  readonly connection: Connection;
  /** Asked after a change; left out where it has ended. */
  readonly reload?: () => void;
}

export function ConnectionCard({ connection, reload }: ConnectionCardProps): JSX.Element {
  const [isNarrowing, setNarrowing] = useState(false);
  const { id, tool, reason } = connection;
  const revoke = async (): Promise<void> => {
    const question = {
      title: `${say.revoke}: ${tool.name}`,
      text: say.revokeDoes(tool.name),
      deed: say.revoke,
    };
    if (!(await askFirst({ ...question, kind: "danger" }))) return;
    await api("DELETE", `tools/${encodeURIComponent(id)}`);
    tell(say.revoked(tool.name));
    reload?.();
  };
  return (
    <>
      <h2>
        {tool.name} {tool.isSandbox && <span class="tag">{say.sandbox}</span>}{" "}
        <span class={reason === null ? "tag" : "tag wrong"}>{reason === null ? say.live : say.stopped}</span>
      </h2>
      {reason !== null && <Note kind="warn">{reasonText(reason) ?? reason}</Note>}
      <Scope {...connection} />
      <Lately toolId={tool.id} />
      {reload && (
        <div class="row">
          <Button onClick={() => setNarrowing(true)} of={tool.name}>
            {say.narrow}
          </Button>
          <Button kind="danger" onClick={revoke} of={tool.name}>
            {say.revoke}
          </Button>
        </div>
      )}
      {isNarrowing && (
        <NarrowDialog
          connection={connection}
          close={() => setNarrowing(false)}
          done={() => {
            setNarrowing(false);
            tell(say.narrowed(tool.name));
            reload?.();
          }}
        />
      )}
    </>
  );
}

/** What was agreed to. Its end is exclusive: the last day is the one before. */
function Scope({
  fields,
  states,
  purposes,
  endsAt,
  grantedAt,
  grantedBy,
  contract,
}: Connection): JSX.Element {
  return (
    <dl class="facts">
      <dt>{say.fields}</dt>
      <dd>{fields.map(kindText).join(", ")}</dd>
      <dt>{say.states}</dt>
      <dd>{states.map((state) => say.stateNames[state] ?? state).join(", ")}</dd>
      <dt>{say.purpose}</dt>
      <dd>{purposes.map(purposeText).join(", ")}</dd>
      <dt>{say.until}</dt>
      <dd>
        <Time at={grantedAt} isDay /> – <Time at={endsAt - 1} isDay />{" "}
        <span class="soft">({say.grantedBy(grantedBy)})</span>
      </dd>
      <dt>{say.contract}</dt>
      <dd>{contract === null ? say.noContract : contract.tasks.map(taskText).join(", ")}</dd>
      {contract !== null && contract.subProcessors.length > 0 && (
        <>
          <dt>{say.subProcessors}</dt>
          <dd>{contract.subProcessors.map(({ name, country }) => `${name} (${country})`).join(", ")}</dd>
        </>
      )}
    </dl>
  );
}
