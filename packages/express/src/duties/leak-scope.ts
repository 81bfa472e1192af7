import { type FoundScope, findBreachScope } from "@garim/audit";
import type { FiledLeak, Keeper, LeakSaid } from "@garim/duties";
import type { AuditorIdentity } from "@garim/policy";
import type { RequestHandler } from "express";
import { goneSignal } from "../answer/gone.ts";
import { openPlace } from "../auditor/endpoint.ts";
import { readScopeFilter } from "../auditor/scope.ts";
import { describeError } from "../logger.ts";
import type { WorkerPassage } from "../privacy/worker.ts";
import type { Settings } from "../start/settings.ts";
import type { DutyPurpose } from "./endpoint.ts";
import type { DutyGround } from "./ground.ts";
import { leakEndpoint } from "./leaks.ts";

/** The log is asked, which is an auditor's alone. */
const PURPOSE: DutyPurpose = { action: "open-breach", who: ["auditor"], isChange: true };

/**
 * `POST /leaks/from-scope`: `{ title, kind, knownAt, facts, filter }`: finds how far it reaches, opens the leak with what the log shows, and
 * hands those concerned to the host: `handOver` says whether. Where the host fails the leak is open all the same, and they are handed over by
 * the next request.
 */
export function openFoundLeak(ground: DutyGround, settings: Settings): RequestHandler {
  return leakEndpoint(
    PURPOSE,
    ground,
    settings,
    async (_, { filter, ...said }, { identity, keeper, passage }) => {
      const { desk } = openPlace(passage, identity as AuditorIdentity, settings);
      const found = await findBreachScope(desk, readScopeFilter(filter), { signal: goneSignal(passage.res) });
      const leak = await ground.desk.leaks.openFound(found, said as unknown as LeakSaid, keeper);
      const handOver = await gatherNow(leak, found, keeper, passage, ground, settings);
      return { id: leak.id, told: { handOver } };
    },
    201,
  );
}

/** `POST /leaks/:id/recipients`: asks the log again whom it concerns, and hands them to the host. */
export function gatherRecipients(ground: DutyGround, settings: Settings): RequestHandler {
  const purpose = { ...PURPOSE, action: "change-breach" } as const;
  return leakEndpoint(purpose, ground, settings, async (id, _, { identity, keeper, passage }) => {
    const { desk } = openPlace(passage, identity as AuditorIdentity, settings);
    const asker = { desk, keys: settings.subjectKeys, signal: goneSignal(passage.res) };
    return await ground.desk.leaks.gather(id, asker, keeper);
  });
}

/** `missing` where the host has no `candidates` and `keep` to be handed anybody by. */
type HandOver = "done" | "failed" | "missing";

/** A leak that is open stays open: nobody is to open it twice because the host's list was out. */
async function gatherNow(
  leak: FiledLeak,
  found: FoundScope,
  keeper: Keeper,
  passage: WorkerPassage,
  ground: DutyGround,
  settings: Settings,
): Promise<HandOver> {
  const { leaks: host } = ground.options;
  if (host?.candidates === undefined || host.keep === undefined) {
    settings.logger.warn(
      { leak: leak.id },
      "garim: those whom a leak concerns were handed to nobody: createGarim got no duties.leaks with candidates and keep",
    );
    return "missing";
  }
  const { desk } = openPlace(passage, passage.visitor.identity as AuditorIdentity, settings);
  try {
    await ground.desk.leaks.gather(leak.id, { desk, keys: settings.subjectKeys, found }, keeper);
    return "done";
  } catch (error) {
    settings.logger.error(
      { ...describeError(error), leak: leak.id },
      "garim: those whom a leak concerns were not handed to the host; POST /leaks/:id/recipients tries again",
    );
    return "failed";
  }
}
