import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACCESS_ACTIONS } from "../access.ts";
import { FORWARD_DEFAULTS } from "./limits.ts";
import { ACTIVITIES } from "./ocsf/activity.ts";
import { OCSF_VERSION } from "./ocsf/ocsf-event.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

describe("README on passing records on", () => {
  it("says of every action which class of OCSF it is", () => {
    const rows = [...readme.matchAll(/^\| ([A-Z][\w ]+) \((\d{4})\) \| (.+) \|$/gm)];
    const said = rows.flatMap(([, name, uid, actions = ""]) =>
      [...actions.matchAll(/`([a-z-]+)`/g)].map(([, action]) => [action, `${name} ${uid}`]),
    );
    expect(Object.fromEntries(said)).toEqual(
      Object.fromEntries(
        ACCESS_ACTIONS.map((action) => [
          action,
          `${ACTIVITIES[action].of.name} ${ACTIVITIES[action].of.uid}`,
        ]),
      ),
    );
    expect(said).toHaveLength(ACCESS_ACTIONS.length);
  });

  it("gives the limits as they are", () => {
    const { queueRecords, queueBytes, batchRecords, deadlineMs, firstPauseMs, longestPauseMs, closeMs } =
      FORWARD_DEFAULTS;
    expect(readme).toContain(
      `a queue of ${queueRecords.toLocaleString("en")} records (${queueBytes / 2 ** 20} MiB)`,
    );
    expect(readme).toContain(`at most ${batchRecords} records, ${deadlineMs / 1_000} seconds for it`);
    expect(readme).toContain(`pauses from ${firstPauseMs / 1_000} to ${longestPauseMs / 1_000} seconds`);
    expect(readme).toContain(`waits at most ${closeMs / 1_000} seconds`);
    expect(readme).toContain(`[OCSF ${OCSF_VERSION}](https://schema.ocsf.io/${OCSF_VERSION}/)`);
  });
});
