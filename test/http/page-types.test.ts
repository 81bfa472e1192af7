import type { Charts, DamagedRecord, LogStatus } from "@garim/audit";
import { describe, expectTypeOf, it } from "vitest";
import type { Access } from "../../packages/console/page/accesses/access.ts";
import type { Charts as PageCharts } from "../../packages/console/page/auditor/charts/answer.ts";
import type { Damaged, Entry } from "../../packages/console/page/auditor/log/entry.ts";
import type { Status } from "../../packages/console/page/auditor/log/status.ts";
import type { MyAccess as PageMyAccess } from "../../packages/console/page/my/access.ts";
import type { RecordLine } from "../../packages/express/src/auditor/line.ts";
import type { AccessView } from "../../packages/express/src/privacy/access-view.ts";
import type { MyAccess } from "../../packages/express/src/privacy/my-accesses.ts";

/**
 * The console may not import the log, and the endpoints' own types are no part of what @garim/express publishes, so the pages write down
 * what they read. The compiler holds both together here: `tsc -p test` is red where a page reads what no endpoint says.
 */
describe("what pages read", () => {
  it("is what the endpoints answer", () => {
    expectTypeOf<RecordLine>().toExtend<Entry>();
    expectTypeOf<DamagedRecord>().toExtend<Damaged>();
    expectTypeOf<AccessView>().toExtend<Access>();
    expectTypeOf<MyAccess>().toExtend<PageMyAccess>();
    expectTypeOf<Charts>().toExtend<PageCharts>();
    expectTypeOf<LogStatus & { readonly now: number }>().toExtend<Status>();
  });
});
