import type { FoundRecord } from "@garim/masking";
import { ask } from "../reveal/disclose.ts";

/** The seller of a record. What is no name is nobody's: no grant covers it. */
export function sellerOf({ schema, value }: FoundRecord): string {
  const seller: unknown = ask(schema.name, "seller", () => schema.rules.seller(value));
  return typeof seller === "string" ? seller : "";
}

const LONGEST_NAME = 256;

/** The name of a record's order line; `null` where the schema tells none. */
export function lineNameOf({ schema, value }: FoundRecord): string | null {
  const line: unknown = ask(schema.name, "line", () => schema.rules.line?.(value));
  return typeof line === "string" && line !== "" && line.length <= LONGEST_NAME ? line : null;
}
