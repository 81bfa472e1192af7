import {
  createDutyClock,
  createEducation,
  createElevations,
  createFlows,
  createLeaks,
  createPrivacyPolicies,
  createPurges,
  createRegister,
  createRequests,
  createRetention,
  createSchedules,
  createSelfCheck,
  type DataRetention,
  DUTIES_VERSION,
  type DutyClock,
  type DutyDatabase,
  type Education,
  type Elevations,
  type Flows,
  type FollowerPort,
  type Leaks,
  type PrivacyPolicies,
  type Purges,
  type Register,
  type Requests,
  readDutiesVersion,
  type Schedules,
  type SelfCheck,
  type SelfCheckSwitches,
} from "@garim/duties";
import { GarimError, type Policy } from "@garim/policy";
import type { OpenDesk } from "../ask/with-desk.ts";

/** What the application has switched on is not to be seen from a command line. */
export const UNSEEN: SelfCheckSwitches = { enforced: null, watch: null, checkpoints: null, allowList: null };

/** The registers, as a command works with them: read once, for what one command does takes a moment. */
interface Registers {
  readonly flows: Flows;
  readonly register: Register;
  readonly purges: Purges;
  readonly education: Education;
  readonly policies: PrivacyPolicies;
  readonly elevations: Elevations;
  readonly requests: Requests;
  readonly schedules: Schedules;
  readonly retention: DataRetention;
  readonly selfCheck: SelfCheck;
  readonly leaks: Leaks;
  readonly clock: DutyClock;
}

export interface RegistersOptions {
  readonly connection: DutyDatabase;
  readonly policy: Policy;
  readonly clock: () => number;
  /** Where changes are put on record; a verb that only reads has none. */
  readonly log?: OpenDesk["log"];
}

/** @throws GarimError `ERR_GARIM_SCHEMA_VERSION` where the tables are not of this version */
export async function openRegisters({
  connection,
  policy,
  clock,
  log,
}: RegistersOptions): Promise<Registers> {
  // A verb that only reads makes no tables, and must not find out by failing.
  if ((await readDutiesVersion(connection)) < DUTIES_VERSION)
    throw new GarimError(
      "ERR_GARIM_SCHEMA_VERSION",
      "The database has no registers of this version; run garim migrate, or start the application",
    );
  const follower: FollowerPort = {
    follow: async (room) => {
      await room.load(null);
      return { check: () => undefined };
    },
  };
  const append: OpenDesk["log"]["append"] = async (access) => {
    if (log === undefined) throw new Error("A verb that only reads was to put something on record.");
    return await log.append(access);
  };
  const common = { database: connection, follower, append, policy, clock };
  const [flows, register] = [await createFlows(common), await createRegister(common)];
  const education = await createEducation(common);
  const [elevations, requests] = [await createElevations(common), await createRequests(common)];
  const schedules = await createSchedules(common);
  const retention = await createRetention({ ...common, schedules });
  const [policies, selfCheck] = [await createPrivacyPolicies(common), await createSelfCheck(common)];
  const leaks = await createLeaks(common);
  const purges = await createPurges(common);
  const places = { schedules, retention, requests, leaks, purges };
  const waiting = await createDutyClock({ database: connection, clock, ...places });
  const registers = { flows, register, education, policies, elevations, requests, schedules, retention };
  return { ...registers, purges, leaks, selfCheck, clock: waiting };
}
