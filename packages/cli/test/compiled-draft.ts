import { type AnswerShape, type Node, open, pii, type Shape, schema, union } from "@garim/masking";
import { subject } from "@garim/policy";
import type { Draft, DraftShape, DraftValue } from "../src/infer/draft.ts";

const ENDED_RULES = { seller: () => "S1", subjects: () => [subject.order("1")], state: () => ({}) };

/** A draft as the answer its printed module would declare. */
export function compileDraft({ records, answer }: Draft): AnswerShape {
  const shapes = new Map(records.map(({ name, shape }) => [name, shape]));

  function toNode(value: DraftValue): Node {
    switch (value.node) {
      case "field":
        return value.declared === "open" ? open() : pii[value.declared]();
      case "shape":
        return toShape(value);
      case "list":
        return [toNode(value.item)];
      case "union":
        return union(
          value.discriminator,
          Object.fromEntries(value.variants.map(({ tag, shape }) => [tag, toShape(shape)])),
        );
      case "record":
        return schema(
          value.name,
          toShape(shapes.get(value.name) ?? { node: "shape", members: [] }),
          ENDED_RULES,
        );
    }
  }

  function toShape({ members }: DraftShape): Shape {
    const declared = members.flatMap(({ name, value }) =>
      value.node === "left-out" ? [] : [[name, toNode(value)] as const],
    );
    return Object.fromEntries(declared);
  }

  return toNode(answer) as AnswerShape;
}
