import { type Destruction, readRetentionPlan } from "@garim/audit";
import { readConfig } from "../connect/config.ts";
import { withLog } from "../connect/with-log.ts";
import { inputInvalid } from "../input-error.ts";
import { writeDocument } from "../output/document.ts";
import type { VerbContext } from "../verb/context.ts";
import { findOrigin, findPlaces, readKeys } from "../verify/trust.ts";
import type { ApplyOptions } from "./command.ts";
import { describeTerm } from "./plan.ts";
import { readPolicy, readScope } from "./scope.ts";
import { withRetention } from "./with-retention.ts";

/** Runs `garim retention apply`. */
export async function runApply(options: ApplyOptions, context: VerbContext): Promise<void> {
  const { month, reason, yes, json } = options;
  if (yes !== true) throw await tellWhatWouldGo(options, context);
  if (reason === undefined) throw inputInvalid("A destruction has a reason on record; write --reason TEXT");
  const config = await readConfig(options.config);
  const keys = readKeys(options.key, config);
  const origin = findOrigin(options.origin, config, keys);
  const asked = options.place === undefined ? undefined : [options.place];
  const places = findPlaces(asked, config, context.terminal.env);
  const opening = {
    verb: "retention apply",
    policy: readPolicy(options, config),
    scope: readScope(options),
    seal: { origin, places },
  };
  const destroyed = await withRetention(opening, options, context, ({ retention, keyFile }) =>
    retention.destroy({
      reason,
      places,
      keys,
      origin,
      keyFile,
      ...(month === undefined ? {} : { month }),
      onDestroyed: (one) => context.terminal.say(`destroyed ${one.month}`),
    }),
  );
  await writeDocument(context.terminal, { destroyed }, json === true ? { json } : {}, () => print(destroyed));
}

/** Without a word that it is meant nothing is destroyed, and what would be is said. */
async function tellWhatWouldGo(options: ApplyOptions, context: VerbContext): Promise<Error> {
  return withLog(context, options, { mode: "read", statementMs: 0 }, async (connection, { config }) => {
    const policy = readPolicy(options, config);
    const plan = await readRetentionPlan(connection, {
      scope: readScope(options),
      policy,
      now: context.terminal.now(),
    });
    const due = plan.months.filter(
      ({ state, month }) => state === "destroy" && (options.month ?? month) === month,
    );
    const history = plan.history.filter(
      ({ state, month }) => state === "destroy" && (options.month ?? month) === month,
    );
    context.terminal.say(describeTerm(plan));
    if (due.length + history.length === 0)
      return inputInvalid("No month may be destroyed now; garim retention plan says why");
    const all = [...due, ...history];
    const records = all.reduce((sum, one) => sum + one.records, 0);
    return inputInvalid(
      `This would destroy ${all.map(({ month }) => month).join(", ")} (${records} records), and it cannot be undone; write --yes where that is meant`,
    );
  });
}

function print(destroyed: readonly Destruction[]): readonly string[] {
  if (destroyed.length === 0) return ["no month was to be destroyed"];
  return [
    ...destroyed.map(({ part, month, records, kept, record }) =>
      part === "month"
        ? `${month}: ${records} records destroyed, ${kept} of them kept apart as history; on record at place ${record}`
        : `${month}: ${records} records of the history of rights destroyed; on record at place ${record}`,
    ),
    ...printKeys(destroyed),
    "Delete these months from backups and replicas, and every copy of the old key file: each brings them back.",
  ];
}

function printKeys(destroyed: readonly Destruction[]): readonly string[] {
  const forgotten = destroyed.flatMap(({ keys }) => keys?.months ?? []);
  const last = destroyed.at(-1)?.keys;
  return [
    ...(forgotten.length === 0 ? [] : [`keys forgotten: ${forgotten.join(", ")}`]),
    ...(last == null || last.held.length === 0
      ? []
      : [`keys that a held month needs: ${last.held.join(", ")}`]),
    ...(last?.hasSingleKey === true
      ? [
          "The key file has a key without months, which cannot be forgotten with one: who is on record under it can be found as long as it is there",
        ]
      : []),
  ];
}
