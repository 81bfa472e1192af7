import type { FlowParty, PartyKind } from "@garim/duties";
import type { JSX } from "preact";
import { Field, Select } from "../kit/field.tsx";
import { say } from "./words.ts";

/** As `PARTY_KINDS` of `@garim/duties` has them; what pages run is not imported from there. */
const KINDS: readonly PartyKind[] = ["marketplace", "seller", "tool", "courier", "other"];

interface PartyFieldsProps {
  readonly label: string;
  readonly party: FlowParty;
  readonly onChange: (party: FlowParty) => void;
}

/** Who hands on, or receives: one by its id, or every one of its kind. */
export function PartyFields({ label, party: { kind, id }, onChange }: PartyFieldsProps): JSX.Element {
  return (
    <div class="filters">
      <Select
        label={label}
        value={kind}
        options={KINDS.map((value) => ({ value, text: say.parties[value] }))}
        onChange={(next) => onChange({ kind: next, id: next === "marketplace" ? "marketplace" : "" })}
      />
      {kind !== "marketplace" && (
        <Field
          label={say.idOf(label)}
          help={say.idHelp}
          value={id}
          onInput={(next) => onChange({ kind, id: next })}
          maxLength={256}
          isRequired
        />
      )}
    </div>
  );
}
