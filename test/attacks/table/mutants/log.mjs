// @ts-check
import { attacks, audit, express } from "./places.mjs";

const ASKED = "const first = await this.#ask(id, batch, deadline);";
const NOT_WAITED_FOR = "const first = 1; void this.#ask(id, batch, deadline).catch(() => undefined);";

/** The log. @type {readonly import("../mutant.mjs").Mutant[]} */
export const LOG = [
  {
    id: "A1",
    what: "a record is acknowledged before the database has it",
    file: audit("commit/group-commit.ts"),
    was: ASKED,
    by: NOT_WAITED_FOR,
    tests: ["packages/audit/src/log.faults.test.ts"],
  },
  {
    id: "A2",
    what: "a batch that is tried again is another batch",
    file: audit("commit/group-commit.ts"),
    was: "const outcome = await this.#tryOnce(id, batch, deadline);",
    by: "const outcome = await this.#tryOnce(tries === 0 ? id : randomUUID(), batch, deadline);",
    tests: ["packages/audit/src/log.test.ts", "packages/audit/src/commit/group-commit.test.ts"],
  },
  {
    id: "A3",
    what: "what a full disk refuses is acknowledged",
    file: audit("commit/group-commit.ts"),
    was: ASKED,
    by: NOT_WAITED_FOR,
    tests: ["packages/audit/src/commit/group-commit.test.ts"],
  },
  {
    id: "A4",
    what: "the records of a batch are not compared with its root",
    file: audit("verify/expected.ts"),
    was: 'return isEqual(rootOf(leaves.map((leaf) => Buffer.from(leaf, "hex"))), root);',
    by: "return root.length > 0;",
    tests: ["packages/audit/src/verify/verify-log.test.ts"],
  },
  {
    id: "A5",
    what: "a place is left out before each batch",
    file: audit("tables/first.ts"),
    was: "first := head.size + 1;",
    by: "first := head.size + 2;",
    tests: ["packages/audit/src/log.test.ts"],
  },
  {
    id: "A6",
    what: "what nobody waits for any more is not recorded",
    file: express("answer/passage.ts"),
    was: "await sendUnlessOut(passage, settings, async () => {",
    by: "if (passage.req.socket.destroyed || passage.res.closed) return;\n  await sendUnlessOut(passage, settings, async () => {",
    tests: attacks("l1-ways-to-answer"),
    only: "client has hung up",
  },
];
