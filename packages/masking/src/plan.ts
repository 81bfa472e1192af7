import { hasKind, type KindSet, kindSet, NO_KINDS, type PiiKind } from "@garim/policy";
import { makeRun, type Run } from "./bytes.ts";
import type { AnswerShape, Node, PiiField, RecordSchema, Shape } from "./schema.ts";

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

/** A record of its own, with its own decision: what it holds is planned apart. */
export interface RecordStep {
  readonly step: "record";
  readonly schema: RecordSchema;
}

/** What the back ends turn into code: how one value is written. */
export type Step = OpenStep | PiiStep | ObjectStep | ListStep | RecordStep;

/** One member of an object. */
export interface Member {
  readonly key: string;
  /** Where the member is, for messages: `orderLine.buyer.email`. */
  readonly path: string;
  /** `,"key":` - the comma too: that of the first member becomes the opening bracket. */
  readonly run: Run;
  /** Whether `Object.prototype` has a member of this name, which is no data. */
  readonly isGuarded: boolean;
  readonly step: Step;
}

/** A record under one disclosure. */
export interface RecordPlan {
  readonly members: readonly Member[];
  /** Paths of the personal fields that are not clear, without the schema's name: `buyer.email`, `phones[]`. */
  readonly hidden: readonly string[];
}

const OPEN: OpenStep = Object.freeze({ step: "open" });

/** Bytes a value of fixed size takes at most (a `Date` has 26, a number 25, brackets 2), with room for the padding of a run. */
const FIXED_BYTES = 64;

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
  return { members, hidden: listHidden(members, schema.name.length + 1) };
}

/** The kinds a record holds itself, those of records inside it left out. */
export function kindsIn(node: Node): KindSet {
  if (isList(node)) return kindsIn(node[0]);
  if (isLeaf(node)) return node.node === "pii" ? kindSet([node.kind]) : NO_KINDS;
  return Object.values(node).reduce((set, member) => set | kindsIn(member), NO_KINDS);
}

/** Bytes that everything of fixed size in an answer takes at most, each list and record counted once. */
export function marginOf(node: Node): number {
  if (isList(node)) return FIXED_BYTES + marginOf(node[0]);
  if (isLeaf(node)) return FIXED_BYTES + (node.node === "record" ? marginOf(node.shape) : 0);
  return Object.entries(node).reduce(
    (sum, [key, member]) => sum + runOf(key).words.byteLength + marginOf(member),
    FIXED_BYTES,
  );
}

function planNode(node: Node, path: string, treatment: Treatment, clear: KindSet): Step {
  if (isList(node)) return { step: "list", path, item: planNode(node[0], `${path}[]`, treatment, clear) };
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
    run: runOf(key),
    isGuarded: key in Object.prototype,
    step: planNode(node, `${path}.${key}`, treatment, clear),
  }));
}

function runOf(key: string): Run {
  return makeRun(`,${JSON.stringify(key)}:`);
}

function listHidden(members: readonly Member[], skip: number): readonly string[] {
  return members.flatMap(({ path, step }) => hiddenIn(step, path.slice(skip), skip));
}

function hiddenIn(step: Step, path: string, skip: number): readonly string[] {
  if (step.step === "pii") return step.treatment === "clear" ? [] : [path];
  if (step.step === "list") return hiddenIn(step.item, `${path}[]`, skip);
  return step.step === "object" ? listHidden(step.members, skip) : [];
}

/** Tells a declared list. */
export function isList(node: Node): node is readonly [Node] {
  return Array.isArray(node);
}

/** Tells open and personal fields and schemas from a shape, whose member `node` could only be another node. */
export function isLeaf(node: Exclude<Node, readonly [Node]>): node is Exclude<Node, Shape | readonly [Node]> {
  return typeof node.node === "string";
}
