import type { FlowParty } from "@garim/duties";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { type Flow, partyText } from "./flow.ts";
import { FlowDialog } from "./flow-dialog.tsx";
import { say } from "./words.ts";

/** What somebody may do with the entries. */
export interface FlowEditing {
  readonly mayEdit: (flow: Flow) => boolean;
  readonly edit: (flow: Flow) => void;
  readonly onChange: () => void;
}

interface EditingProps {
  readonly onChange: () => void;
  readonly children: (editing: FlowEditing) => ComponentChildren;
}

/** Around the entries: adding one, and the form in which one is changed. */
export function Editing({ onChange, children }: EditingProps): JSX.Element {
  const [load, reload] = useLoad(() => whoIsThere());
  return (
    <Loaded of={load} retry={reload}>
      {(me) => (
        <Keeper me={me} onChange={onChange}>
          {children}
        </Keeper>
      )}
    </Loaded>
  );
}

interface KeeperProps extends EditingProps {
  readonly me: Me;
}

function Keeper({ me, onChange, children }: KeeperProps): JSX.Element {
  /** `null` for a new one. */
  const [edited, edit] = useState<Flow | null | undefined>(undefined);
  const editing = { mayEdit: (flow: Flow) => mayEdit(me, flow), edit, onChange };
  const sender = senderOf(me);
  return (
    <>
      {(me.kind === "operator" || sender !== null) && (
        <p>
          <Button onClick={() => edit(null)}>{say.add}</Button>
        </p>
      )}
      {children(editing)}
      {edited !== undefined && (
        <FlowDialog first={edited} sender={sender} onClose={() => edit(undefined)} onFiled={onChange} />
      )}
    </>
  );
}

/** A seller's owner keeps what that seller hands on; what one may not is refused by the endpoint. */
function mayEdit(me: Me, { from, endedAt }: Flow): boolean {
  if (endedAt !== null) return false;
  const sender = senderOf(me);
  return me.kind === "operator" || (sender !== null && from.kind === "seller" && from.id === sender.id);
}

/** Whose data somebody of a seller hands on; `null` where that is no one seller's. */
function senderOf(me: Me): FlowParty | null {
  const isOwner = me.kind === "staff" && me.may.includes("manageStaff") && me.sellerId !== null;
  return isOwner ? { kind: "seller", id: me.sellerId } : null;
}

interface FlowDeedsProps {
  readonly flow: Flow;
  readonly editing: FlowEditing;
}

export function FlowDeeds({ flow, editing: { edit, onChange } }: FlowDeedsProps): JSX.Element {
  const { from, to, kind } = flow;
  const name = `${partyText(from)} → ${partyText(to)}`;
  const end = async (): Promise<void> => {
    const question = { title: `${name}: ${say.end}`, text: say.endDoes, deed: say.end };
    if (!(await askFirst({ ...question, kind: "danger" }))) return;
    await apiProving("DELETE", "duties/flows", { from, to, isOverseas: kind === "overseas" });
    tell(say.ended);
    onChange();
  };
  return (
    <div class="row">
      <Button onClick={() => edit(flow)} of={name}>
        {say.change}
      </Button>
      <Button kind="danger" onClick={end} of={name}>
        {say.end}
      </Button>
    </div>
  );
}
