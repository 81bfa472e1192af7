import {
  type Disclosure,
  type Obligation,
  REASONS,
  type Reason,
  SOURCES,
  type SourceId,
  SUBJECT_TYPES,
  type Subject,
  type SubjectType,
} from "@garim/policy";
import { MAX_LINES, type RecordedDisclosure } from "../access.ts";
import type { CborValue } from "./cbor-encode.ts";
import { asList, asListOf, asNumber, asText, asWord, orNull, refuseShape } from "./cbor-shape.ts";

/** What many records of an answer have in common. A record's body holds each distinct form once. */
export interface DisclosureForm {
  readonly schema: string;
  readonly types: readonly SubjectType[];
  readonly lineCount: number;
  /** With `until: null`; moments differ from record to record and stand apart. */
  readonly disclosure: Disclosure;
}

const KINDS = ["reveal", "mask", "withhold"] as const;
const OBLIGATIONS: readonly Obligation[] = ["record", "no-store"];
const asReason = asWord(Object.keys(REASONS) as Reason[]);
const asSource = asWord(Object.keys(SOURCES) as SourceId[]);

/** The form of a record. */
export function formOf(record: RecordedDisclosure): DisclosureForm {
  const { schema, subjects, lines, disclosure } = record;
  const types = subjects.map((subject) => subject.type);
  return { schema, types, lineCount: lines.length, disclosure: withoutUntil(disclosure) };
}

/** Tells whether a record is of this form. Runs for every record of an answer: it allocates nothing. */
export function hasForm(record: RecordedDisclosure, form: DisclosureForm): boolean {
  return (
    record.schema === form.schema &&
    record.lines.length === form.lineCount &&
    isSameDecision(record.disclosure, form.disclosure) &&
    hasTypes(record.subjects, form.types)
  );
}

function hasTypes(subjects: readonly Subject[], types: readonly SubjectType[]): boolean {
  if (subjects.length !== types.length) return false;
  for (let i = 0; i < types.length; i++) if (subjects[i]?.type !== types[i]) return false;
  return true;
}

function isSameDecision(one: Disclosure, other: Disclosure): boolean {
  return (
    one.kind === other.kind &&
    one.clear === other.clear &&
    one.reason === other.reason &&
    one.source === other.source &&
    one.obligations === other.obligations &&
    restReasonOf(one) === restReasonOf(other)
  );
}

function restReasonOf(disclosure: Disclosure): Reason | null {
  return disclosure.kind === "reveal" ? disclosure.restReason : null;
}

function withoutUntil(disclosure: Disclosure): Disclosure {
  return disclosure.kind === "reveal" ? { ...disclosure, until: null } : disclosure;
}

/** A form as written: schema, subject types, lines, kind, clear, reason, source, rest reason, obligations. */
export function writeForm({ schema, types, lineCount, disclosure }: DisclosureForm): CborValue {
  const { kind, clear, reason, source, obligations } = disclosure;
  return [schema, types, lineCount, kind, clear, reason, source, restReasonOf(disclosure), obligations];
}

/** Reads what {@link writeForm} wrote. */
export function readForm(value: CborValue): DisclosureForm {
  const [schema, types, lineCount, ...decision] = asList(value, "form");
  return {
    schema: asText(schema, "form.schema"),
    types: asListOf(asWord(SUBJECT_TYPES))(types, "form.types"),
    lineCount: readLineCount(lineCount),
    disclosure: readDecision(decision),
  };
}

function readLineCount(value: CborValue | undefined): number {
  const count = asNumber(value, "form.lineCount");
  return Number.isInteger(count) && count >= 0 && count <= MAX_LINES
    ? count
    : refuseShape("form.lineCount", "a count");
}

function readDecision([kind, clear, reason, source, rest, obligations]: readonly CborValue[]): Disclosure {
  const common = {
    reason: asReason(reason, "form.reason"),
    source: asSource(source, "form.source"),
    obligations: asListOf(asWord(OBLIGATIONS))(obligations, "form.obligations"),
    until: null,
  };
  const known = asWord(KINDS)(kind, "form.kind");
  if (known !== "reveal") return { kind: known, clear: 0, ...common, remedy: REASONS[common.reason].remedy };
  const restReason = orNull(asReason)(rest, "form.restReason") ?? common.reason;
  return { kind: known, clear: asNumber(clear, "form.clear"), ...common, restReason };
}
