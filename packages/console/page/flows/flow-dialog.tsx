import type { Flow, FlowParty } from "@garim/duties";
import {
  FLOW_ITEMS,
  FLOW_KIND_WORDS,
  FLOW_KINDS,
  type FlowEvidence,
  type FlowKind,
  type FlowSide,
} from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, useDeed } from "../kit/button.tsx";
import { dayOf, endOfDay, startOfDay } from "../kit/day.ts";
import { Dialog } from "../kit/dialog.tsx";
import { Field, Select } from "../kit/field.tsx";
import { tell } from "../kit/toast.tsx";
import { language } from "../kit/words.ts";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { itemText, partyText } from "./flow.ts";
import { PartyFields } from "./party-fields.tsx";
import { say } from "./words.ts";

interface FlowDialogProps {
  /** `null` for a new one. */
  readonly first: Flow | null;
  /** Whose data it is to hand on; `null` where that is chosen here. */
  readonly sender: FlowParty | null;
  readonly onClose: () => void;
  readonly onFiled: () => void;
}

const EVIDENCE: FlowEvidence = {
  business: "recipient",
  benefit: "recipient",
  direction: "recipient",
  document: "",
};

/** A new entry lies between two; what stands below is written as the form goes. */
function blankOf(sender: FlowParty | null): Flow {
  return {
    kind: "outsourcing",
    from: sender ?? { kind: "marketplace", id: "marketplace" },
    to: { kind: "tool", id: "" },
    items: {},
    evidence: { ...EVIDENCE, business: "sender", direction: "sender" },
    startsAt: startOfDay(dayOf(Date.now())),
    endsAt: null,
  };
}

/** Puts an entry on file. One that lacks something is kept, too: it lets nothing pass. */
export function FlowDialog({ first, sender, onClose, onFiled }: FlowDialogProps): JSX.Element {
  const [flow, set] = useState<Flow>(first ?? blankOf(sender));
  const [isBusy, run] = useDeed();
  const send = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      await apiProving("PUT", "duties/flows", filedOf(flow));
      onClose();
      onFiled();
      tell(say.filed);
    });
  };
  return (
    <Dialog title={first === null ? say.add : say.change} onClose={onClose}>
      <form class="wide-fields" onSubmit={send}>
        <Between flow={flow} set={set} sender={sender} isNew={first === null} />
        <Items flow={flow} set={set} />
        <Grounds flow={flow} set={set} />
        <Period flow={flow} set={set} />
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

interface FlowFieldsProps {
  readonly flow: Flow;
  readonly set: (flow: Flow) => void;
}

interface BetweenProps extends FlowFieldsProps {
  readonly sender: FlowParty | null;
  readonly isNew: boolean;
}

/** Who and what kind: what an entry is known by is not changed. */
function Between({ flow, set, sender, isNew }: BetweenProps): JSX.Element {
  if (!isNew)
    return (
      <p>
        {FLOW_KIND_WORDS[flow.kind][language]}: {partyText(flow.from)} → {partyText(flow.to)}
      </p>
    );
  return (
    <>
      <Select
        label={say.kind}
        value={flow.kind}
        options={FLOW_KINDS.map((value) => ({ value, text: FLOW_KIND_WORDS[value][language] }))}
        onChange={(kind) => set({ ...flow, kind, items: {}, evidence: evidenceFor(kind) })}
      />
      {sender === null && (
        <PartyFields label={say.from} party={flow.from} onChange={(from) => set({ ...flow, from })} />
      )}
      <PartyFields label={say.to} party={flow.to} onChange={(to) => set({ ...flow, to })} />
    </>
  );
}

/** A processor works on the sender's business; a third party on its own. */
function evidenceFor(kind: FlowKind): FlowEvidence {
  const side = kind === "outsourcing" ? "sender" : "recipient";
  return { ...EVIDENCE, business: side, direction: side };
}

/** What the law wants said of its kind. */
function Items({ flow, set }: FlowFieldsProps): JSX.Element {
  return (
    <>
      {FLOW_ITEMS[flow.kind].map((item) => (
        <Field
          key={item}
          label={itemText(item)}
          value={flow.items[item] ?? ""}
          onInput={(text) => set({ ...flow, items: { ...flow.items, [item]: text } })}
          maxLength={1_000}
        />
      ))}
    </>
  );
}

const SIDES: readonly FlowSide[] = ["sender", "recipient"];
const QUESTIONS = ["business", "benefit", "direction"] as const;

/** What shows that it is of this kind. */
function Grounds({ flow, set }: FlowFieldsProps): JSX.Element {
  const evidence = flow.evidence ?? evidenceFor(flow.kind);
  const options = SIDES.map((value) => ({ value, text: say.sides[value] }));
  return (
    <fieldset>
      <legend>{say.evidence}</legend>
      {QUESTIONS.map((question) => (
        <Select
          key={question}
          label={say.questions[question]}
          value={evidence[question]}
          options={options}
          onChange={(side) => set({ ...flow, evidence: { ...evidence, [question]: side } })}
        />
      ))}
      <Field
        label={say.document}
        help={say.documentHelp}
        value={evidence.document}
        onInput={(document) => set({ ...flow, evidence: { ...evidence, document } })}
        maxLength={1_000}
      />
    </fieldset>
  );
}

/** Days of Korea, the last one included. */
function Period({ flow, set }: FlowFieldsProps): JSX.Element {
  const { startsAt, endsAt } = flow;
  return (
    <div class="filters">
      <Field
        label={say.startsOn}
        type="date"
        value={dayOf(startsAt)}
        onInput={(day) => day !== "" && set({ ...flow, startsAt: startOfDay(day) })}
        isRequired
      />
      <Field
        label={say.endsOn}
        help={say.endsOnHelp}
        type="date"
        value={endsAt === null ? "" : dayOf(endsAt - 1)}
        onInput={(day) => set({ ...flow, endsAt: day === "" ? null : endOfDay(day) })}
      />
    </div>
  );
}

/** Evidence without papers is none: the entry says then that it lacks it. */
function filedOf({ kind, from, to, items, evidence, startsAt, endsAt }: Flow): Flow {
  const hasPapers = evidence !== null && evidence.document.trim() !== "";
  return { kind, from, to, items, evidence: hasPapers ? evidence : null, startsAt, endsAt };
}
