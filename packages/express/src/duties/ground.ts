import { createFollower, type Follower } from "@garim/auth";
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
  type DutyClock,
  type DutyEvidence,
  type Education,
  type Elevations,
  type FiledContract,
  type FlowParty,
  type Flows,
  gatherDutyEvidence,
  type Keeper,
  type Leaks,
  MARKETPLACE,
  type PrivacyPolicies,
  type Purges,
  type Register,
  type Requests,
  type Schedules,
  type SelfCheck,
} from "@garim/duties";
import { type Allow, GarimError, type Refuse, type WorkerIdentity } from "@garim/policy";
import type { DownloadRecipient } from "../download/options.ts";
import { describeError } from "../logger.ts";
import type { Database } from "../start/database.ts";
import type { Ground } from "../start/settings.ts";
import { startHours } from "./hours.ts";
import type { DutiesOptions } from "./options.ts";

/** The registers, for the host's own back office and jobs. */
export interface DutyDesk {
  /** Provision (제3자 제공), outsourcing (위탁) and transfers overseas (국외 이전). */
  readonly flows: Flows;
  /** What was signed with tools: API agreements, and outsourcing contracts (위탁 계약). */
  readonly register: Register;
  /** What tools must have destroyed by when, and their receipts for it (파기 확인). */
  readonly purges: Purges;
  /** Courses, and who completed them (교육). */
  readonly education: Education;
  /** Sellers' privacy policies (개인정보 처리방침). */
  readonly policies: PrivacyPolicies;
  /** Roles lent to staff for a time (임시 권한). */
  readonly elevations: Elevations;
  /** What buyers asked about their own data, and what was answered (열람등요구). */
  readonly requests: Requests;
  /** How long each kind of record is kept (보유 기간과 파기 방법). */
  readonly schedules: Schedules;
  /** What is due, what was destroyed (파기), and what a legal hold keeps. A job of the host runs it. */
  readonly retention: DataRetention;
  /** Answers of people to the self-check (자가점검). */
  readonly selfCheck: SelfCheck;
  /** The breach desk: leaks, their clocks, notices and check lists (유출 대응). */
  readonly leaks: Leaks;
  /** What waits by the clock, and who is told of it. */
  readonly clock: DutyClock;
  /**
   * Tells everybody whose course is due, by the option `onReminder`.
   *
   * @returns how many were told
   * @throws GarimError `ERR_GARIM_OPTION_INVALID` where the host named no `onReminder`
   */
  remind(): Promise<number>;
}

/** What guards ask of the registers. */
export interface DutyGround {
  readonly desk: DutyDesk;
  readonly options: DutiesOptions;
  readonly follower: Follower;
  /** Whether somebody of a seller may see buyers' data, as far as the registers go; nothing stands in the way when undefined. */
  judgeWorker(identity: WorkerIdentity): Promise<Refuse | undefined>;
  /** The roles lent to somebody; none where nobody can tell, for what is unknown gives nothing more. */
  lentTo(identity: WorkerIdentity): Promise<readonly string[]>;
  /** Whether records of some schemas may be shown to anybody, as far as their retention goes. */
  judgeSchemas(schemas: readonly string[]): Promise<Refuse | undefined>;
  /** Whether a seller may hand a file on to somebody. */
  judgeWay(sellerId: string, to: DownloadRecipient): Promise<Refuse | undefined>;
  /** The same of a tool that serves a seller. Throws where this node's copy is stale. */
  judgeTool(sellerId: string, toolId: string, contract: FiledContract | null): Refuse | undefined;
  /** What of the registers belongs in a folder of evidence. What is asked of the log for it is on record. */
  evidence(keeper: Keeper): Promise<DutyEvidence>;
  close(): Promise<void>;
}

/** Opens the registers on the host's database. */
export async function openDuties(
  options: DutiesOptions,
  ground: Ground,
  database: Database,
): Promise<DutyGround> {
  const { clock, policy, log, logger } = ground;
  const follower = await createFollower({
    database,
    onOutage: outageOf(ground),
    onChange: ground.hints.tell,
  });
  const append: typeof log.append = (access) => log.append(access);
  const common = { database, follower, append, policy, clock };
  const [flows, education, policies, elevations, requests, schedules, selfCheck] = await Promise.all([
    createFlows(common),
    createEducation(common),
    createPrivacyPolicies(common),
    createElevations(common),
    createRequests(common),
    createSchedules(common),
    createSelfCheck(common),
  ]);
  const { records, leaks: host } = options;
  const leaks = await createLeaks({ ...common, ...(host && { host }) });
  const retention = await createRetention({ ...common, schedules, ...(records && { records }) });
  const [purges, register] = await Promise.all([createPurges(common), createRegister(common)]);
  const dutyClock = await createDutyClock({
    database,
    clock,
    schedules,
    retention,
    requests,
    leaks,
    purges,
  });
  const remind = async (): Promise<number> => await education.remind(needReminder(options), clock());
  const hours = startHours({ clock: dutyClock, remind, follower, options, logger });
  const desk: DutyDesk = {
    flows,
    register,
    purges,
    education,
    policies,
    elevations,
    requests,
    schedules,
    retention,
    leaks,
    selfCheck,
    clock: dutyClock,
    remind,
  };
  return {
    desk,
    options,
    follower,
    async judgeWorker(identity) {
      if (identity.kind !== "staff") return undefined;
      await follower.ready();
      const { sellerId, staffId, roles } = identity;
      const now = clock();
      return (
        refusalOf(flows.judge(MARKETPLACE, { kind: "seller", id: sellerId }, now)) ??
        refusalOf(await education.judge({ sellerId, staffId, roles }, now)) ??
        refusalOf(await policies.judge(sellerId, now))
      );
    },
    async lentTo(identity) {
      if (identity.kind !== "staff") return [];
      const { sellerId, staffId } = identity;
      const ask = (): readonly string[] => elevations.rolesOf(sellerId, staffId, clock());
      try {
        return ask();
      } catch {
        // A process that was held up has an old copy for a moment.
        return await follower
          .ready()
          .then(ask, () => [])
          .catch(() => []);
      }
    },
    async judgeSchemas(schemas) {
      if (policy.scheduleCondition !== 1) return undefined;
      await follower.ready();
      return refusalOf(schedules.judge(schemas));
    },
    async judgeWay(sellerId, { kind, id = "*", isOverseas = false }) {
      await follower.ready();
      const [from, to]: readonly [FlowParty, FlowParty] = [
        { kind: "seller", id: sellerId },
        { kind, id },
      ];
      return refusalOf(isOverseas ? flows.judgeOverseas(from, to, clock()) : flows.judge(from, to, clock()));
    },
    judgeTool(sellerId, toolId, contract) {
      const [from, to]: readonly [FlowParty, FlowParty] = [
        { kind: "seller", id: sellerId },
        { kind: "tool", id: toolId },
      ];
      const now = clock();
      const isAbroad = contract?.subProcessors.some(({ country }) => country !== "KR") === true;
      return (
        refusalOf(flows.judge(MARKETPLACE, from, now)) ??
        refusalOf(flows.judge(from, to, now)) ??
        (isAbroad ? refusalOf(flows.judgeOverseas(from, to, now)) : undefined)
      );
    },
    async evidence(keeper) {
      return await gatherDutyEvidence({ ...desk, ready: () => follower.ready() }, clock(), policy, {
        log,
        keeper,
      });
    },
    async close() {
      await hours.stop();
      await follower.close();
    },
  };
}

function needReminder({ onReminder }: DutiesOptions): NonNullable<DutiesOptions["onReminder"]> {
  if (onReminder !== undefined) return onReminder;
  throw new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    "duties.onReminder must be a function that tells one of a seller's staff of a course: write createGarim({ …, duties: { onReminder } })",
  );
}

function refusalOf(judged: Allow | Refuse): Refuse | undefined {
  return judged.kind === "refuse" ? judged : undefined;
}

function outageOf({ logger }: Ground): (error: unknown) => void {
  return (error) =>
    error === null
      ? logger.info({}, "garim: the registers are known again")
      : logger.error(describeError(error), "garim: the registers are not known, nobody sees buyers' data");
}
