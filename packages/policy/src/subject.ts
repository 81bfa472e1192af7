import { GarimError } from "./error.ts";

/** What kind of identifier names a data subject. Each is its own domain: equal texts of two types never match. */
export const SUBJECT_TYPES = ["buyer", "phone", "order"] as const;

export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** A data subject (정보주체) as the host knows it. It is made a keyed pseudonym before it is recorded. */
export interface Subject {
  readonly type: SubjectType;
  /** The identifier, in its normal form; at most 256 UTF-16 code units. */
  readonly id: string;
}

const NON_DIGITS = /\D/g;

/** A Korean number behind its country code: `82`, `0082`, and a leading 0 that some keep behind it. */
const WITH_COUNTRY = /^(?:00)?820?([1-9]\d{7,10})$/;

/** A mobile number that a spreadsheet took for a number, and so its leading 0. */
const WITHOUT_ZERO = /^10\d{8}$/;

function make(type: SubjectType, id: unknown): Subject {
  if (typeof id !== "string" || id.length === 0 || id.length > 256)
    throw new GarimError(
      "ERR_GARIM_SUBJECT_INVALID",
      `subject.${type}() needs a text of 1 to 256 characters; give the record's ${type} identifier as a string`,
    );
  return { type, id };
}

/**
 * Names data subjects. A phone is brought to digits with a leading 0 (`+82 10-…`, `010-…`, `10…` and `０１０…` are one subject).
 *
 * @throws GarimError `ERR_GARIM_SUBJECT_INVALID` where the identifier is not a text of 1 to 256 characters
 */
export const subject: Readonly<Record<SubjectType, (id: string) => Subject>> = Object.freeze({
  buyer: (id: string): Subject => make("buyer", id),
  order: (id: string): Subject => make("order", id),
  phone: (id: string): Subject => make("phone", typeof id === "string" ? normalPhone(id) : id),
});

/** A domestic number as nearly all are written, digits and hyphens: nothing of it has to be read any other way. */
const PLAIN = /^0[1-9][\d-]{5,20}$/;

function normalPhone(text: string): string {
  if (PLAIN.test(text)) return text.replaceAll("-", "");
  if (text.length > 64) return text.slice(0, 257);
  const digits = text.normalize("NFKC").replace(NON_DIGITS, "");
  const [, national] = WITH_COUNTRY.exec(digits) ?? [];
  if (national !== undefined) return `0${national}`;
  if (WITHOUT_ZERO.test(digits)) return `0${digits}`;
  // A phone nobody can read is still a subject: by its own text, so that the record is not lost.
  return digits === "" ? text : digits;
}
