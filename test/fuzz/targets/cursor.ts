import fc from "fast-check";
import { createCursors } from "../../../packages/express/src/tool/bulk/cursor.ts";
import { mutatedText } from "../mutated.ts";
import type { Target } from "../target.ts";

const cursors = createCursors({ all: () => [{ id: "k1", key: new Uint8Array(32).fill(7) }] });
const OWNER = { toolId: "tool-1", route: "GET /tool/lines" };
const KEY = "2026112200000001";
const RIGHT = cursors.write(KEY, OWNER);

/** Where a tool's reading goes on: a text it may change as it likes. */
export const CURSOR: Target = {
  name: "cursor",
  inputs: fc.oneof(
    mutatedText(RIGHT),
    fc.string({ unit: "binary" }),
    fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString("base64url")),
  ),
  check(input) {
    const text = String(input);
    const read = cursors.read(text, OWNER);
    if (read !== undefined && text !== RIGHT) throw new Error("a cursor nobody wrote was read");
    if (cursors.read(text, { ...OWNER, toolId: "tool-2" }) !== undefined)
      throw new Error("another tool's cursor was read");
  },
};
