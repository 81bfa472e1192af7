import {
  type CopyVerdict,
  type MadeEvidence,
  makeEvidence,
  type VerifyOptions,
  verifyLog,
} from "@garim/audit";
import {
  checkSelf,
  countHeldTexts,
  DUTIES_VERSION,
  findInForceSince,
  gatherDutyEvidence,
  gatherSelfCheck,
  readDutiesVersion,
  writePlan,
} from "@garim/duties";
import { readCommandMoment } from "../ask/moment.ts";
import { type OpenDesk, withDesk } from "../ask/with-desk.ts";
import { readConfig } from "../connect/config.ts";
import { openRegisters, UNSEEN } from "../duties/registers.ts";
import { writeDocument } from "../output/document.ts";
import { findLanguage, type Language, type Words } from "../output/language.ts";
import { refuseFolder, writeNewFolder } from "../output/new-folder.ts";
import { startProgress } from "../output/progress.ts";
import type { VerbContext } from "../verb/context.ts";
import { findOrigin, findPlaces, readKeys } from "../verify/trust.ts";
import type { EvidenceCommandOptions } from "./command.ts";

/** Runs `garim evidence`: damage, and a sample that cannot be proven, end it with 3. */
export async function runEvidence(
  folder: string,
  options: EvidenceCommandOptions,
  context: VerbContext,
): Promise<void> {
  const { terminal, end } = context;
  refuseFolder("the verb", folder);
  const from = readCommandMoment("--from", options.from);
  const to = readCommandMoment("--to", options.to);
  const trusted = options.verify ? await readTrust(options, context) : undefined;
  const progress = startProgress(terminal, "records read", 0);
  const run = async (open: OpenDesk): Promise<void> => {
    const { desk, connection: database, policy } = open;
    const registers = await gatherRegisters(open, terminal.now);
    const made = await makeEvidence({
      desk,
      database,
      policy,
      from,
      to,
      clock: terminal.now,
      registers,
      ...(Object.keys(registers).length === 0
        ? {}
        : { pages: { plan: await planOf(options, open, terminal.now()) } }),
      onProgress: (read) => progress.tell(read),
      ...(options.samples === undefined ? {} : { samples: options.samples }),
      ...(trusted && { verify: () => verifyAll(trusted, database) }),
    });
    progress.finish();
    await writeNewFolder("the verb", folder, made.files);
    await writeDocument(terminal, documentOf(made), options, () =>
      describe(made, folder, findLanguage(options.lang, terminal)),
    );
    if (isBad(made)) end(3);
  };
  try {
    // Verifying reads the whole log.
    await withDesk("evidence", options, context, run, 0);
  } finally {
    progress.finish();
  }
}

/** Against each copy outside, one after the other. */
async function verifyAll(
  { places, ...trusted }: Trust,
  database: VerifyOptions["database"],
): Promise<readonly CopyVerdict[]> {
  const verdicts: CopyVerdict[] = [];
  for (const place of places)
    verdicts.push({ place: place.name, verdict: await verifyLog({ ...trusted, place, database }) });
  return verdicts;
}

/** What the registers of duties say; nothing where the application keeps none. */
async function gatherRegisters(
  { connection, policy, log, asker }: OpenDesk,
  clock: () => number,
): Promise<Readonly<Record<string, unknown>>> {
  if ((await readDutiesVersion(connection)) < DUTIES_VERSION) return {};
  const registers = await openRegisters({ connection, policy, clock });
  const facts = await gatherSelfCheck({ ...registers, log, policy, isOn: UNSEEN }, null, asker, clock());
  const gathered = await gatherDutyEvidence(registers, clock(), policy, { log, keeper: asker });
  return {
    ...gathered,
    "held-texts": await countHeldTexts(log),
    "self-check": checkSelf(facts, registers.selfCheck.answers(null)),
  };
}

/** By the configuration alone: what the application has switched on is not to be seen from here. */
async function planOf(
  { company = "회사 이름을 정하지 않음" }: EvidenceCommandOptions,
  { policy, log }: OpenDesk,
  madeAt: number,
): Promise<string> {
  const since = await findInForceSince(log, policy);
  return writePlan(policy, { company, madeAt, ...(since === null ? {} : { inForceSince: since }) });
}

interface Trust extends Pick<VerifyOptions, "keys" | "origin"> {
  readonly places: readonly VerifyOptions["place"][];
}

async function readTrust(options: EvidenceCommandOptions, { terminal }: VerbContext): Promise<Trust> {
  const config = await readConfig(options.config);
  const keys = readKeys(options.key, config);
  const origin = findOrigin(options.origin, config, keys);
  return { keys, origin, places: findPlaces(options.place, config, terminal.env) };
}

function isBad({ evidence: { verdict, damaged, samples } }: MadeEvidence): boolean {
  return verdict?.isIntact === false || damaged.length > 0 || samples.some(({ bundle }) => bundle === null);
}

function documentOf({ evidence, file, record }: MadeEvidence): unknown {
  const { from, to, verdict, verdicts, samples, damaged } = evidence;
  const unproven = samples.filter(({ bundle }) => bundle === null).length;
  const places = verdicts.map((one) => ({ place: one.place, isIntact: one.verdict.isIntact }));
  return { from, to, samples: samples.length, unproven, damaged, verdict, places, manifest: file, record };
}

function describe(
  { evidence, files, file, record }: MadeEvidence,
  folder: string,
  language: Language,
): readonly string[] {
  const { verdict, samples, damaged } = evidence;
  const unproven = samples.filter(({ bundle }) => bundle === null).length;
  const verified = VERDICTS[verdict === null ? "none" : verdict.isIntact ? "intact" : "damaged"][language];
  if (language === "ko")
    return [
      `${folder}: 파일 ${files.size}개, ${verified}, 표본 ${samples.length}건(증명하지 못함 ${unproven}건), 읽을 수 없는 기록 ${damaged.length}건`,
      `manifest.json SHA-256 ${file.sha256}, 기록 ${record.id}`,
    ];
  return [
    `${folder}: ${files.size} files, ${verified}, ${samples.length} samples (${unproven} not proven), records that cannot be read: ${damaged.length}`,
    `manifest.json SHA-256 ${file.sha256}, on record as ${record.id}`,
  ];
}

const VERDICTS = {
  none: { ko: "검증하지 않음", en: "NOT VERIFIED" },
  intact: { ko: "검증 결과 이상 없음", en: "verified: intact" },
  damaged: { ko: "훼손 발견", en: "DAMAGED" },
} satisfies Readonly<Record<string, Words>>;
