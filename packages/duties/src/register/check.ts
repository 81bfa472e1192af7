import { type ContractFacts, GarimError } from "@garim/policy";
import type { Agreement, Contract, SubProcessor } from "./register.ts";

const LONGEST_ID = 256;
const LONGEST_TEXT = 200;
const MOST_TASKS = 50;
const MOST_SUB_PROCESSORS = 100;
/** No moment of a contract lies before 2000 or after 2100: what does is seconds, or a typing error. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Checks an agreement, and takes nothing else of it over. */
export function readAgreement(agreement: Agreement): Agreement {
  return {
    ...readDates(agreement),
    toolId: readId("toolId", agreement.toolId),
    version: readText("version", agreement.version),
    document: readText("document", agreement.document),
  };
}

/** Checks a contract, and takes nothing else of it over. */
export function readContract(contract: Contract): Contract {
  const { tasks, subProcessors } = contract;
  if (!Array.isArray(tasks) || tasks.length === 0 || tasks.length > MOST_TASKS)
    throw refuseMember(
      "tasks",
      `a list of 1 to ${MOST_TASKS} texts; the law asks for the purpose and range of what is outsourced`,
    );
  if (!Array.isArray(subProcessors) || subProcessors.length > MOST_SUB_PROCESSORS)
    throw refuseMember("subProcessors", `a list of at most ${MOST_SUB_PROCESSORS}`);
  return {
    ...readDates(contract),
    sellerId: readId("sellerId", contract.sellerId),
    toolId: readId("toolId", contract.toolId),
    tasks: tasks.map((task) => readText("tasks", task)),
    subProcessors: subProcessors.map(readSubProcessor),
    document: readText("document", contract.document),
  };
}

function readSubProcessor({ name, task, country }: SubProcessor): SubProcessor {
  if (typeof country !== "string" || !/^[A-Z]{2}$/.test(country))
    throw refuseMember("subProcessors.country", 'two capital letters of ISO 3166-1, e.g. "KR"');
  return { name: readText("subProcessors.name", name), task: readText("subProcessors.task", task), country };
}

function readDates({ signedAt, endsAt }: ContractFacts): ContractFacts {
  if (!isMoment(signedAt)) throw refuseMember("signedAt", "a moment in UTC milliseconds");
  if (endsAt !== null && !(isMoment(endsAt) && endsAt > signedAt))
    throw refuseMember("endsAt", "a moment in UTC milliseconds after signedAt, or null for no end");
  return { signedAt, endsAt };
}

function isMoment(at: unknown): at is number {
  return typeof at === "number" && Number.isSafeInteger(at) && at >= EARLIEST && at < LATEST;
}

function readId(member: string, id: unknown): string {
  if (typeof id === "string" && id !== "" && id.length <= LONGEST_ID) return id;
  throw refuseMember(member, `a text of 1 to ${LONGEST_ID} characters`);
}

function readText(member: string, text: unknown): string {
  const isText = typeof text === "string" && text.trim() !== "" && text.length <= LONGEST_TEXT;
  if (isText && !/\p{Cc}/u.test(text)) return text;
  throw refuseMember(member, `a text of 1 to ${LONGEST_TEXT} characters in one line`);
}

function refuseMember(member: string, wanted: string): GarimError {
  return new GarimError("ERR_GARIM_OPTION_INVALID", `It cannot be put on file: ${member} must be ${wanted}`);
}
