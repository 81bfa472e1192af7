import type { Detail } from "@garim/audit";
import { createRecorder } from "../on-record.ts";
import type { RegisterOptions } from "../options.ts";
import { openRoom } from "../store/room.ts";
import { migrateDuties } from "../tables/migration.ts";
import { readAgreement, readContract } from "./check.ts";
import type { FiledAgreement, FiledContract, Register } from "./register.ts";

/**
 * Opens the register of a deployment.
 *
 * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE`, `ERR_GARIM_SCHEMA_VERSION`
 */
export async function createRegister(options: RegisterOptions): Promise<Register> {
  const { database, follower, append, policy, clock = Date.now } = options;
  const say = createRecorder(append, policy, clock);
  await migrateDuties(database);
  const agreements = await openRoom<FiledAgreement>(database, follower, "agreements");
  const contracts = await openRoom<FiledContract>(database, follower, "contracts");

  return {
    agreement: (toolId) => agreements.get(toolId) ?? null,
    contract: (sellerId, toolId) => contracts.get(keyOf(sellerId, toolId)) ?? null,
    agreements: () => agreements.values(),
    contracts: () => contracts.values(),
    contractsOf: (sellerId) => contracts.values().filter((contract) => contract.sellerId === sellerId),
    async putAgreement(agreement, keeper) {
      const filed = { ...readAgreement(agreement), endedAt: null };
      await say(keeper, { action: "put-agreement", ...partiesOf(filed), detail: describeAgreement(filed) });
      await agreements.change(filed.toolId, () => filed);
      return filed;
    },
    async putContract(contract, keeper) {
      const filed = { ...readContract(contract), endedAt: null };
      await say(keeper, { action: "put-contract", ...partiesOf(filed), detail: describeContract(filed) });
      await contracts.change(keyOf(filed.sellerId, filed.toolId), () => filed);
      return filed;
    },
    async endAgreement(toolId, keeper) {
      const ended = await agreements.change(toolId, (filed) => end(filed, clock()));
      if (ended === undefined) return null;
      await say(keeper, { action: "end-agreement", ...partiesOf(ended), detail: describeAgreement(ended) });
      return ended;
    },
    async endContract(sellerId, toolId, keeper) {
      const ended = await contracts.change(keyOf(sellerId, toolId), (filed) => end(filed, clock()));
      if (ended === undefined) return null;
      await say(keeper, { action: "end-contract", ...partiesOf(ended), detail: describeContract(ended) });
      return ended;
    },
  };
}

function keyOf(sellerId: string, toolId: string): string {
  return JSON.stringify([sellerId, toolId]);
}

function partiesOf(filed: { readonly toolId: string; readonly sellerId?: string }) {
  return { toolId: filed.toolId, sellerId: filed.sellerId ?? null };
}

/** What is over is left as it is: its end is not moved. */
function end<T extends FiledAgreement | FiledContract>(filed: T | undefined, now: number): T | null {
  if (filed === undefined || (filed.endsAt !== null && filed.endsAt <= now)) return null;
  return { ...filed, endsAt: now, endedAt: now };
}

function describeAgreement({ version, document, signedAt, endsAt }: FiledAgreement): Detail {
  return { version, document, ...describeDates(signedAt, endsAt) };
}

function describeContract({ tasks, subProcessors, document, signedAt, endsAt }: FiledContract): Detail {
  const passedOn = subProcessors.map(({ name, country }) => `${name} (${country})`).join(", ");
  return { tasks: tasks.join(", "), subProcessors: passedOn, document, ...describeDates(signedAt, endsAt) };
}

function describeDates(signedAt: number, endsAt: number | null): Detail {
  const signed = { signedAt: new Date(signedAt).toISOString() };
  return endsAt === null ? signed : { ...signed, endsAt: new Date(endsAt).toISOString() };
}
