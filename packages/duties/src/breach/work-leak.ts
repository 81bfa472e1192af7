import type { BreachStep } from "@garim/policy";
import { readLine, readWord, refuseMember } from "../input.ts";
import { nameOf } from "../on-record.ts";
import type { LeakNotice } from "./leak.ts";
import { deedOf, type LeakGround, sha256 } from "./leak-book.ts";
import { applyChange, readCheck, readPast } from "./leak-check.ts";
import type { Leaks } from "./leaks.ts";
import { writeNotice } from "./write-notice.ts";

const STEPS: readonly BreachStep[] = ["notify", "report", "reportIntrusion", "post"];

/** What people do about a leak until it can be told. */
export function createLeakWork({
  book,
  clock,
}: LeakGround): Pick<Leaks, "change" | "finish" | "check" | "write"> {
  return {
    change: (id, given, keeper) =>
      book.change(id, { action: "change-breach", detail: {}, keeper }, (leak) => applyChange(leak, given)),
    async finish(id, given, at, keeper) {
      const step = readWord("step", given, STEPS);
      const done = deedOf(keeper, at === undefined ? clock() : readPast("at", at, clock()), null);
      const detail = { step, at: new Date(done.at).toISOString() };
      return await book.change(id, { action: "change-breach", detail, keeper }, (leak) =>
        leak.steps[step] === undefined ? { ...leak, steps: { ...leak.steps, [step]: done } } : null,
      );
    },
    async check(id, given, note, keeper) {
      const done = deedOf(keeper, clock(), readLine("note", note));
      const detail = { check: String(given) };
      return await book.change(id, { action: "change-breach", detail, keeper }, (leak) => ({
        ...leak,
        checks: { ...leak.checks, [readCheck(leak, given)]: done },
      }));
    },
    async write(id, given, keeper) {
      const company = readLine("company", given, 200);
      const [writtenAt, by] = [clock(), nameOf(keeper)];
      return await book.change(id, { action: "write-notice", detail: {}, keeper }, (leak) => {
        const { text, missing } = writeNotice(leak, company);
        if (missing.includes("items"))
          throw refuseMember("contents.items", "written first: what leaked is the least a notice says");
        const no = leak.notices.length + 1;
        const notice: LeakNotice = { no, missing, text, sha256: sha256(text), writtenAt, by, sent: null };
        return { ...leak, notices: [...leak.notices, notice] };
      });
    },
  };
}
