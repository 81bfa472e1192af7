import type { RecordedDisclosure } from "@garim/audit";
import { type AnswerWriter, type FoundRecord, MASK_PROFILE } from "@garim/masking";
import {
  ALL_KINDS,
  type Disclosure,
  type DisclosureFacts,
  decideDisclosure,
  GarimError,
  type KindSet,
  kindsOfRoles,
  type LineFacts,
  NO_KINDS,
  type Policy,
  type Refuse,
  readLines,
  refuse,
  type Subject,
  type Surface,
  type WorkerIdentity,
} from "@garim/policy";
import type { Disclosed } from "../answer/access.ts";
import type { Worker } from "../visit/visitor.ts";

/** An answer judged and written: bytes and record come from the same decisions. */
interface Disclosable {
  readonly kind: "disclose";
  readonly found: readonly FoundRecord[];
  readonly bytes: Uint8Array;
  readonly disclosed: Disclosed;
}

/**
 * Judges every record of an answer and writes it.
 *
 * One record of another seller refuses the whole answer: the host's query went wrong, and the rest of it is no better.
 *
 * @throws GarimError `ERR_GARIM_ANSWER_*` where the value is not what the schema declares
 */
export function disclose(
  value: unknown,
  writer: AnswerWriter,
  surface: Surface,
  worker: Worker,
  now: number,
  policy: Policy,
): Disclosable | Refuse {
  const found = writer.find(value);
  if (found.some((record) => !isOwn(record, worker.identity))) return refuse("other-seller");
  const allowed = allowedKinds(worker.identity, policy);
  const secondFactorAt = worker.session.secondFactor?.at ?? null;
  const records = judgeRecords(found, { surface, allowed, secondFactorAt }, now, policy);
  const bytes = writer.write(value, found, records.map(disclosureOf));
  return { kind: "disclose", found, bytes, disclosed: { surface, allowed, profile: MASK_PROFILE, records } };
}

/** Judges each record by its own facts. */
export function judgeRecords(
  found: readonly FoundRecord[],
  facts: Omit<DisclosureFacts, "lines">,
  now: number,
  policy: Policy,
): readonly RecordedDisclosure[] {
  return found.map((record) => {
    const lines = linesOf(record);
    const disclosure = decideDisclosure({ ...facts, lines }, now, policy);
    return { schema: record.schema.name, subjects: subjectsOf(record), lines, disclosure };
  });
}

const disclosureOf = (record: RecordedDisclosure): Disclosure => record.disclosure;

/** Operators help every seller under the same matrix; auditors read the log, not the orders. */
export function allowedKinds(identity: WorkerIdentity, policy: Policy): KindSet {
  if (identity.kind === "staff") return kindsOfRoles(identity.roles, policy);
  return identity.kind === "operator" ? ALL_KINDS : NO_KINDS;
}

export function isOwn({ schema, value }: FoundRecord, identity: WorkerIdentity): boolean {
  if (identity.kind === "operator") return true;
  return (
    identity.kind === "staff" &&
    ask(schema.name, "seller", () => schema.rules.seller(value)) === identity.sellerId
  );
}

export function subjectsOf({ schema, value }: FoundRecord): readonly Subject[] {
  const subjects = ask(schema.name, "subjects", () => schema.rules.subjects(value));
  if (Array.isArray(subjects) && subjects.length > 0) return subjects;
  throw new GarimError(
    "ERR_GARIM_RECORD_INVALID",
    `schema("${schema.name}") named no data subject: its rule must return at least one, as in subjects: (o) => [subject.buyer(o.buyerId)]`,
  );
}

/** Facts that cannot be had are unreadable ones: the rule answers them with the closed side. */
export function linesOf({ schema, value }: FoundRecord): readonly LineFacts[] {
  try {
    return readLines(schema.rules.state(value));
  } catch {
    return readLines(undefined);
  }
}

/** Asks a rule of the host. What it throws may hold personal data, so only where it happened is said. */
export function ask<T>(schema: string, rule: string, question: () => T): T {
  try {
    return question();
  } catch (cause) {
    throw new GarimError(
      "ERR_GARIM_RECORD_INVALID",
      `The rule ${rule} of schema("${schema}") failed on a record; make it answer for every record the route returns`,
      cause,
    );
  }
}
