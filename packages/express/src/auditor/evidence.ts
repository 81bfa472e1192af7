import { makeEvidence } from "@garim/audit";
import { countHeldTexts, type Keeper } from "@garim/duties";
import type { RequestHandler } from "express";
import { jsonAnswer, sendAnswer } from "../answer/answer.ts";
import { writeOwnPlan } from "../duties/plan.ts";
import { reportSelf } from "../duties/self-check.ts";
import type { Settings } from "../start/settings.ts";
import { auditorEndpoint } from "./endpoint.ts";
import { queryInvalid, readGiven, readTime, readWhole } from "./parameters.ts";

const NAMES: readonly string[] = ["from", "to", "samples"];

/**
 * `POST /evidence`: the folder for the regulator of a stretch of time, as JSON: each file's text by its path. It is a file that leaves.
 * Nobody verifies the log for it, and the folder says so: whoever administers this process could answer what they like;
 * `garim evidence` verifies with keys and a copy from elsewhere.
 */
export function giveEvidence(settings: Settings): RequestHandler {
  return auditorEndpoint(
    { action: "export-log", stepUp: "download" },
    settings,
    async (passage, { desk, asker }) => {
      const { from, to, samples } = readGiven(passage.req, "evidence", NAMES);
      if (from === undefined || to === undefined)
        throw queryInvalid("evidence takes from and to, moments with a zone");
      if (asker.within !== undefined)
        throw queryInvalid("Evidence is of the whole log; have it made by an auditor who may see all of it");
      const { database, policy, clock, sessions, duties } = settings;
      const { files, file, record } = await makeEvidence({
        desk,
        database,
        policy,
        from: readTime("from", from),
        to: readTime("to", to),
        clock,
        registers: await gatherRegisters(settings, asker),
        ...(duties === null ? {} : { pages: { plan: await writeOwnPlan(duties, settings) } }),
        ...(samples === undefined ? {} : { samples: readWhole("samples", samples) }),
      });
      // Making it may take minutes: a session that ended meanwhile gets none.
      const life = await sessions.recheckAnswer(passage.visitor.session);
      if (life.kind === "refuse") return life;
      const answer = jsonAnswer(200, { files: Object.fromEntries(files), manifest: file });
      sendAnswer(passage.res, { ...answer, headers: { "Garim-Record": record.id } });
      return undefined;
    },
  );
}

/** What the registers say, and how the measures of the marketplace stand. */
async function gatherRegisters(
  settings: Settings,
  keeper: Keeper,
): Promise<Readonly<Record<string, unknown>>> {
  const { duties } = settings;
  if (duties === null) return {};
  return {
    ...(await duties.evidence(keeper)),
    "held-texts": await countHeldTexts(settings.log),
    "self-check": await reportSelf(duties, settings, null, keeper),
  };
}
