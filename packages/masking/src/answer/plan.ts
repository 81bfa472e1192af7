import { hasKind, type KindSet, NO_KINDS, type PiiKind } from "@garim/policy";
import { isLeaf, isList, isUnion } from "../schema/node.ts";
import type { AnswerShape, Node, PiiField, RecordSchema, Shape } from "../schema/schema.ts";
import type { Union } from "../schema/union.ts";
import type { Run } from "./bytes.ts";
import { keyRun, tagRun } from "./margin.ts";

/** How a personal field is written. */
export type Treatment = "clear" | "masked" | "withheld";

export interface OpenStep {
  readonly step: "open";
}

export interface PiiStep {
  readonly step: "pii";
  readonly kind: PiiKind;
  readonly treatment: Treatment;
  readonly corporate: PiiField["corporate"];
}

export interface ObjectStep {
  readonly step: "object";
  readonly path: string;
  readonly members: readonly Member[];
}

export interface ListStep {
  readonly step: "list";
  readonly path: string;
  readonly item: Step;
}

/** An object of the variant its tag names. */
export interface UnionStep {
  readonly step: "union";
  readonly path: string;
  readonly tag: string;
  readonly variants: readonly Variant[];
}

export interface Variant {
  /** The tag's text. */
  readonly text: string;
  /** The tag and its text, the comma before it too. */
  readonly run: Run;
  readonly members: readonly Member[];
}

/** A record of its own, with its own decision: what it holds is planned apart. */
export interface RecordStep {
  readonly step: "record";
  readonly schema: RecordSchema;
}

/** What the back ends turn into code: how one value is written. */
export type Step = OpenStep | PiiStep | ObjectStep | ListStep | UnionStep | RecordStep;

/** One member of an object. */
export interface Member {
  readonly key: string;
  /** Where the member is, for messages: `orderLine.buyer.email`. */
  readonly path: string;
  /** Its key, the comma before it too. */
  readonly run: Run;
  /** Whether `Object.prototype` has a member of this name, which is no data. */
  readonly isGuarded: boolean;
  readonly step: Step;
}

/** A record under one disclosure. */
export interface RecordPlan {
  readonly members: readonly Member[];
  /** Paths of the personal fields that are not clear, those of every variant, without the schema's name: `buyer.email`, `phones[]`. */
  readonly hidden: readonly string[];
}

const OPEN: OpenStep = Object.freeze({ step: "open" });

/** Plans an answer: a record, a list or an envelope. */
export function planAnswer(shape: AnswerShape): Step {
  return planNode(shape, "answer", "withheld", NO_KINDS);
}

/**
 * Plans a record under a disclosure.
 *
 * @param treatment - of the fields whose kind is not in `clear`
 */
export function planRecord(schema: RecordSchema, clear: KindSet, treatment: Treatment): RecordPlan {
  const members = planMembers(schema.shape, schema.name, treatment, clear);
  return { members, hidden: [...new Set(listHidden(members, schema.name.length + 1))] };
}

function planNode(node: Node, path: string, treatment: Treatment, clear: KindSet): Step {
  if (isList(node)) return { step: "list", path, item: planNode(node[0], `${path}[]`, treatment, clear) };
  if (isUnion(node)) return planUnion(node, path, treatment, clear);
  if (!isLeaf(node)) return { step: "object", path, members: planMembers(node, path, treatment, clear) };
  if (node.node === "open") return OPEN;
  if (node.node === "record") return { step: "record", schema: node };
  const { kind, corporate } = node;
  return { step: "pii", kind, corporate, treatment: hasKind(clear, kind) ? "clear" : treatment };
}

function planMembers(shape: Shape, path: string, treatment: Treatment, clear: KindSet): readonly Member[] {
  return Object.entries(shape).map(([key, node]) => ({
    key,
    path: `${path}.${key}`,
    run: keyRun(key),
    isGuarded: key in Object.prototype,
    step: planNode(node, `${path}.${key}`, treatment, clear),
  }));
}

function planUnion({ tag, variants }: Union, path: string, treatment: Treatment, clear: KindSet): UnionStep {
  const planned = Object.entries(variants).map(([text, shape]) => ({
    text,
    run: tagRun(tag, text),
    members: planMembers(shape, path, treatment, clear),
  }));
  return { step: "union", path, tag, variants: planned };
}

function listHidden(members: readonly Member[], skip: number): readonly string[] {
  return members.flatMap(({ path, step }) => hiddenIn(step, path.slice(skip), skip));
}

function hiddenIn(step: Step, path: string, skip: number): readonly string[] {
  if (step.step === "pii") return step.treatment === "clear" ? [] : [path];
  if (step.step === "list") return hiddenIn(step.item, `${path}[]`, skip);
  if (step.step === "union") return step.variants.flatMap(({ members }) => listHidden(members, skip));
  return step.step === "object" ? listHidden(step.members, skip) : [];
}
