import type { AnswerShape, Node, RecordSchema, Shape, Union } from "@garim/masking";
import { type Json, list, object, ref, text } from "../../openapi/shape.ts";

/** What a record says beside its own members. */
export interface RecordMarks {
  /** `_masked`. */
  readonly isMarked: boolean;
  /** `_purgeBy`. */
  readonly isDue: boolean;
}

/** Collects the schemas of a document's records, each under a name of its own. */
export interface RecordShapes {
  /** The schema of an answer, whose records it takes in. */
  ofAnswer(shape: AnswerShape, marks: RecordMarks): Json;
  /** All that were taken in, by name. */
  readonly all: Record<string, Json>;
}

const NO_NAME = /[^A-Za-z0-9._-]+/g;

export function createRecordShapes(): RecordShapes {
  const all: Record<string, Json> = {};
  const names = new Map<RecordSchema, Map<string, string>>();

  function nameOf(schema: RecordSchema, { isMarked, isDue }: RecordMarks): string | undefined {
    return names.get(schema)?.get(`${isMarked} ${isDue}`);
  }

  function take(schema: RecordSchema, marks: RecordMarks): Json {
    const known = nameOf(schema, marks);
    if (known !== undefined) return ref(known);
    const name = freeName(schema.name.replace(NO_NAME, "_"), all);
    names.set(schema, (names.get(schema) ?? new Map()).set(`${marks.isMarked} ${marks.isDue}`, name));
    // Taken before it is written: two schemas of one name must not become one.
    all[name] = {};
    // What is inside a record is destroyed with it.
    const members = membersOf(schema.shape, { ...marks, isDue: false });
    all[name] = object({ ...members, ...marksOf(marks) });
    return ref(name);
  }

  function membersOf(shape: Shape, marks: RecordMarks): Json {
    return Object.fromEntries(Object.entries(shape).map(([name, node]) => [name, ofNode(node, marks)]));
  }

  function ofNode(node: Node, marks: RecordMarks): Json {
    if (isList(node)) return { ...list(ofNode(node[0], marks)), type: ["array", "null"] };
    if (isUnion(node)) return ofUnion(node, marks);
    if (isRecord(node)) return take(node, marks);
    if (node.node === "open") return OPEN;
    if (node.node === "pii") return { type: ["string", "number", "null"], "x-pii": node.kind };
    return { ...object(membersOf(node as Shape, marks)), type: ["object", "null"] };
  }

  function ofUnion({ tag, variants }: Union, marks: RecordMarks): Json {
    const each = Object.entries(variants).map(([text, shape]) =>
      object({ [tag]: { const: text }, ...membersOf(shape, marks) }),
    );
    return { oneOf: [...each, { type: "null" }] };
  }

  return {
    all,
    ofAnswer(shape, marks) {
      if (isList(shape as Node)) return list(ofNode((shape as readonly [Node])[0], marks));
      return isRecord(shape as Node)
        ? take(shape as RecordSchema, marks)
        : object(membersOf(shape as Shape, marks));
    },
  };
}

const OPEN: Json = { type: ["string", "number", "boolean", "null"] };

function isList(node: Node): node is readonly [Node] {
  return Array.isArray(node);
}

function isUnion(node: Exclude<Node, readonly [Node]>): node is Union {
  return node.node === "union";
}

function isRecord(node: Node): node is RecordSchema {
  return "node" in node && node.node === "record";
}

function freeName(wanted: string, taken: Json): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}${n}`;
    if (!Object.hasOwn(taken, name)) return name;
  }
}

function marksOf({ isMarked, isDue }: RecordMarks): Json {
  return {
    ...(isMarked ? { _masked: ref("Masked") } : {}),
    ...(isDue ? { _purgeBy: PURGE_BY } : {}),
  };
}

const PURGE_BY: Json = {
  ...text,
  format: "date-time",
  description: "When it must be destroyed at the latest; say so with a receipt",
};

/** What of a record is not clear, and why. */
export const MASKED: Json = {
  ...object({
    fields: { ...list(text), description: "Paths of the fields whose values are masked, or null" },
    reason: { ...text, description: "For programs: purpose-ended, grant-lacks-field, …" },
    profile: { ...text, description: "How it is masked" },
    until: { ...text, format: "date-time", description: "Until when the clear fields are" },
  }),
  required: ["fields", "reason", "profile"],
  description: "Left out where everything is clear",
};
