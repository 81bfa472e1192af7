import type { Command } from "commander";
import { addConnectOptions } from "../connect/options.ts";
import { addListOptions } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import { makeVerb } from "../verb/verb.ts";
import { type DutyListOptions, type DutyOptions, fileVerb, idVerb, listVerb } from "./forms.ts";

type MakeVerb = (context: VerbContext) => Command;
type List = (options: DutyListOptions) => Promise<void>;

const load = (): Promise<typeof import("./retention.ts")> => import("./retention.ts");

/** The verbs of schedules, destruction and legal holds on the host's records. */
export const RETENTION_VERBS: readonly MakeVerb[] = [
  (context) =>
    listVerb(
      {
        name: "schedules",
        summary: "how long each kind of record is kept, and how it is destroyed",
        description: "Lists the retention schedules in force. Only reads.",
        examples: ["garim duties schedules", "garim duties schedules --json"],
      },
      async (options) => (await load()).runSchedules(options, context),
    ),
  (context) =>
    fileVerb(
      {
        name: "put-schedule",
        summary: "put a retention schedule on file",
        description: "Puts the schedule of a kind of record on file in place of the one before.",
        examples: ["garim duties put-schedule order-line.json --as kim"],
      },
      async (file, options) => (await load()).runPutSchedule(file, options, context),
    ),
  (context) =>
    idVerb(
      {
        name: "end-schedule",
        summary: "end a retention schedule",
        description: "Ends the schedule of a kind of record: nothing of it is destroyed by it from then on.",
        examples: ["garim duties end-schedule orderLine --as kim"],
      },
      "the kind of record",
      async (id, options) => (await load()).runEndSchedule(id, options, context),
    ),
  dueVerb,
  (context) => {
    const run: List = async (options) => (await load()).runDestructions(options, context);
    return listVerb(
      {
        name: "destructions",
        summary: "what was destroyed when, by whom, and who confirmed it",
        description:
          "Lists certificates of destruction, newest first; --html writes the ledger (개인정보 파기 관리대장), a page in Korean or, with --lang en, in English. Only reads.",
        examples: ["garim duties destructions --open", "garim duties destructions --html --company 가림마켓"],
      },
      run,
    )
      .option("--open", "only those that nobody has confirmed, or that broke off")
      .option("--html", "the newest thousand as the ledger, a page")
      .option("--company <name>", "whose ledger it is");
  },
  (context) =>
    idVerb(
      {
        name: "confirm-destruction",
        summary: "say, as the privacy officer, that the result was looked at",
        description:
          "Puts on record that somebody other than who destroyed looked at the result (개인정보 보호책임자의 확인).",
        examples: ['garim duties confirm-destruction 0b1c… --note "backups, too" --as kim'],
      },
      "as garim duties destructions shows it",
      async (id, options) => (await load()).runConfirm(id, options, context),
    ).requiredOption("--note <text>", "what was looked at; no personal data"),
  (context) =>
    listVerb(
      {
        name: "data-holds",
        summary: "legal holds on the host's records",
        description: "Lists the holds, oldest first. Only reads.",
        examples: ["garim duties data-holds --open"],
      },
      async (options) => (await load()).runDataHolds(options, context),
    ).option("--open", "only those that hold still"),
  (context) =>
    fileVerb(
      {
        name: "hold-data",
        summary: "hold records: nothing destroys them until they are released",
        description:
          "Places a legal hold: a JSON file with recordType (or *), recordIds (or null for all) and reason.",
        examples: ["garim duties hold-data case-2026-1.json --as kim"],
      },
      async (file, options) => (await load()).runHoldData(file, options, context),
    ),
  (context) =>
    idVerb(
      {
        name: "release-data",
        summary: "end a hold on records",
        description: "Puts the release on record and ends the hold. Nothing is destroyed by it.",
        examples: ['garim duties release-data 0b1c… --reason "case closed" --as kim'],
      },
      "as garim duties data-holds shows it",
      async (id, options) => (await load()).runReleaseData(id, options, context),
    ).requiredOption("--reason <text>", "why, for the record; no personal data of a buyer"),
  proofVerb,
];

/** What is due stands in the host's own tables: a command sees what the host hands it. */
function dueVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "due",
    summary: "which records of a file are to be stored apart or destroyed",
    description:
      "Judges records by the schedules and holds on file: NDJSON of objects with recordType, store (used or apart), id, purposeEndedAt (UTC milliseconds or null) and keeps. GET /duties/due lists the host's own. Only reads.",
    examples: ["garim duties due records.ndjson", "garim duties due - --days 0 --csv < records.ndjson"],
  });
  return addListOptions(addConnectOptions(command))
    .argument("<file>", "NDJSON; - for standard input")
    .option("--days <n>", "how many days ahead (default: 30)")
    .action(async (file: string, options: DutyListOptions) => (await load()).runDue(file, options, context));
}

function proofVerb(context: VerbContext): Command {
  const command = makeVerb({
    name: "proof",
    summary: "what became of one record",
    description:
      "Writes the certificates of a record's destruction as JSON. Known by its id for a year. Only reads.",
    examples: ["garim duties proof orderLine 20261122-1"],
  });
  return addConnectOptions(command)
    .argument("<type>", "the kind of record")
    .argument("<id>", "the record's id")
    .action(async (type: string, id: string, options: DutyOptions) =>
      (await load()).runProof(type, id, options, context),
    );
}
