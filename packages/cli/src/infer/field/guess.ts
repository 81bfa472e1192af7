import { isPiiKind, nearest, PII_KINDS, type PiiKind } from "@garim/policy";
import { inputInvalid } from "../../input-error.ts";
import type { Declared, DraftField } from "../draft.ts";
import { nameKind } from "../kind-name.ts";
import type { NameGuess } from "../name/guess.ts";
import {
  guessByFindings,
  guessByForm,
  type PersonalGuess,
  sayFindings,
  type ValueGuess,
} from "../value/guess.ts";
import type { Leaf } from "../value/leaf.ts";
import { stricter } from "../value/strictness.ts";

/**
 * Drafts a field from what its name and its values say. Where the two disagree, the more protective one is drafted, to be checked.
 *
 * @throws GarimError `ERR_GARIM_INPUT_INVALID` for an `x-pii` that names no kind
 */
export function draftField(name: NameGuess | undefined, leaf: Leaf): DraftField {
  const { pii } = leaf.declaration;
  if (pii !== undefined) return field(readPii(pii), true, "x-pii says so");
  if (isTruthValue(leaf)) return field("open", true, "true or false");
  const value = guessByFindings(leaf);
  if (name === undefined) return toField(value ?? guessByForm(leaf));
  if (value !== undefined) return reconcile(name, value, leaf);
  if (isShown(name.declared)) return believe(name, leaf);
  // Two letters of an id tell little; of a Korean name they are most of it.
  const isNamed = name.declared === "userId" && leaf.looks.name > 0;
  return isNamed
    ? field("name", false, `${name.why}, but ${leaf.looks.name} of ${leaf.count} values read as name`)
    : toField(name);
}

function readPii(written: string): PiiKind {
  if (isPiiKind(written)) return written;
  const hint = nearest(written, PII_KINDS);
  throw inputInvalid(
    `x-pii is ${JSON.stringify(written)}, which is no kind.${hint === undefined ? "" : ` Did you mean ${hint}?`} Write one of: ${PII_KINDS.join(", ")}`,
  );
}

function isTruthValue({ count, booleans, declaration }: Leaf): boolean {
  return (count > 0 && booleans === count) || declaration.type === "boolean";
}

/** The name says one thing, the values hold personal data. */
function reconcile(name: NameGuess, { declared: kind, why: found }: PersonalGuess, leaf: Leaf): DraftField {
  if (isShown(name.declared)) return field(kind, false, `${name.why}, but ${found}`);
  // The mask of every other kind hides what it does not know.
  if (kind === "memo")
    return field(name.declared, name.declared === "memo", `${name.why}; ${sayFindings(leaf)}`);
  if (name.declared === kind) return field(kind, true, name.isSure ? `${name.why}, ${found}` : found);
  const declared = stricter(name.declared, kind);
  return field(declared, false, `${name.why}, but ${found}; ${nameKind(declared)} hides more`);
}

/** Whether values stay as they are: in open fields, and names of companies. */
function isShown(declared: Declared): declared is "open" | "company" {
  return declared === "open" || declared === "company";
}

/** A name that leaves values as they are is believed where every value has the form it promises. */
function believe(name: NameGuess, leaf: Leaf): DraftField {
  const { form = "title" } = name;
  const misfits = leaf.texts - leaf.forms[form];
  if (misfits === 0 || leaf.declaration.isEnum === true) return toField(name);
  const why = `${name.why}, but ${misfits} of ${leaf.count} values do not look it: open() if nobody can write personal data into it`;
  return field("memo", false, why);
}

function toField({ declared, isSure, why }: ValueGuess): DraftField {
  return field(declared, isSure, why);
}

function field(declared: Declared, isSure: boolean, why: string): DraftField {
  return { node: "field", declared, isSure, why };
}
