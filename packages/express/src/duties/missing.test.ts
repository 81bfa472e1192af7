import type { LeakHost, RecordHost } from "@garim/duties";
import { describe, expect, it } from "vitest";
import { listMissing, warnOfMissing } from "./missing.ts";
import type { DutiesOptions } from "./options.ts";

const nobody = () => undefined;
const records = { list: nobody, separate: nobody, destroy: nobody } as unknown as RecordHost;
const leaks = { recipients: nobody, send: nobody } as unknown as LeakHost;
const whole: DutiesOptions = {
  onReminder: nobody,
  onDuties: nobody,
  records: { ...records, callTool: nobody },
  leaks: { ...leaks, candidates: () => [], keep: nobody },
};

describe("listMissing", () => {
  it.each<[string, DutiesOptions, boolean, readonly string[]]>([
    ["nothing", whole, true, []],
    ["everything", {}, false, ["onReminder", "onDuties", "records", "leaks"]],
    [
      "everything, of a market with tools",
      {},
      true,
      ["onReminder", "onDuties", "records", "leaks", "records.callTool"],
    ],
    ["calls of tools, where there are some", { ...whole, records }, true, ["records.callTool"]],
    ["calls of tools, where there are none", { ...whole, records }, false, []],
    ["a list of those concerned", { ...whole, leaks }, true, ["leaks.candidates"]],
  ])("names %s that the host left out", (_, options, hasTools, names) => {
    expect(listMissing(options, hasTools).map(({ name }) => name)).toEqual(
      names.map((name) => `duties.${name}`),
    );
  });
});

describe("warnOfMissing", () => {
  it("says once what is not done here, and nothing where all of it is", () => {
    const said: string[] = [];
    const warn = (_: object, message: string): void => void said.push(message);
    const logger = { info: warn, warn, error: warn };
    warnOfMissing(whole, true, logger);
    expect(said).toEqual([]);
    warnOfMissing({ ...whole, leaks, records }, true, logger);
    expect(said).toEqual([expect.stringMatching(/nobody does here: .*leaks\.candidates.*records\.callTool/)]);
  });
});
