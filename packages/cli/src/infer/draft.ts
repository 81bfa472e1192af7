import type { PiiKind } from "@garim/policy";

/** How a field is drafted: open, or as a kind of personal data. */
export type Declared = "open" | PiiKind;

/** Whether a guess can stand as it is, and why. The reason names members and counts values; it never holds a value. */
export interface Guess {
  /** `false`: a person must look at it. Where the guess is open to doubt, the more protective reading was drafted. */
  readonly isSure: boolean;
  readonly why: string;
}

/** A member that holds a text, a number, a truth value or null. */
export interface DraftField extends Guess {
  readonly node: "field";
  readonly declared: Declared;
}

/** A member that is an object. */
export interface DraftShape {
  readonly node: "shape";
  readonly members: readonly DraftMember[];
}

/** A member that is a list. */
export interface DraftList {
  readonly node: "list";
  readonly item: DraftValue;
}

/** Where a record stands. */
export interface DraftRecordPlace {
  readonly node: "record";
  /** One of the names in {@link Draft.records}. */
  readonly name: string;
}

/** An object whose shape its discriminator tells. */
export interface DraftUnion {
  readonly node: "union";
  readonly discriminator: string;
  readonly variants: readonly { readonly tag: string; readonly shape: DraftShape }[];
}

/** What is not declared, and so is never written. */
export interface DraftOmission extends Guess {
  readonly node: "left-out";
  readonly isSure: false;
}

/** What is declared. */
export type DraftValue = DraftField | DraftShape | DraftList | DraftUnion | DraftRecordPlace;

export type DraftNode = DraftValue | DraftOmission;

/** A member of an object. */
export interface DraftMember {
  readonly name: string;
  readonly value: DraftNode;
  /** Whether some of the objects do not have it. */
  readonly isOptional: boolean;
}

/** A member's path from its record, outer member first. */
export type Path = readonly string[];

/** What one entry of a rule reads. `path` is absent where no member was found: the rule then names one that must be put right. */
export interface DraftRead extends Guess {
  readonly path?: Path;
  /** Whether the value must be made a text first. */
  readonly isNumber?: boolean;
}

export interface DraftSubject extends DraftRead {
  readonly type: "buyer" | "phone" | "order";
  /** Whether some records do not have it. */
  readonly isOptional: boolean;
}

/** The moments of a record's state. */
export interface DraftState {
  readonly paidAt: DraftRead;
  readonly deliveredAt?: DraftRead;
  /** In order: the first that a record has counts. */
  readonly purposeEndedAt: readonly DraftRead[];
}

export interface DraftRules {
  readonly seller: DraftRead;
  readonly subjects: readonly DraftSubject[];
  readonly state: DraftState;
}

export interface DraftRecord {
  readonly name: string;
  readonly shape: DraftShape;
  readonly rules: DraftRules;
}

/** A drafted schema module as data. */
export interface Draft {
  /** In the order they stand in the answer. */
  readonly records: readonly DraftRecord[];
  readonly answer: DraftValue;
}
