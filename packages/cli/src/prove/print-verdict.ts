import {
  ACTION_WORDS,
  ACTOR_WORDS,
  type BundleVerdict,
  koreanTime,
  OUTCOME_WORDS,
  type ProvenBundle,
  type ProvenCheckpoint,
  type UnprovenBundle,
} from "@garim/audit";
import { cleanForTerminal } from "../output/clean.ts";
import { paint } from "../output/colour.ts";
import type { Language, Words } from "../output/language.ts";
import { layTable, measure } from "../output/table.ts";
import type { Terminal } from "../terminal.ts";

const FAULTS: Readonly<Record<UnprovenBundle["fault"], Words>> = {
  malformed: { ko: "증명 파일의 형식이 아닙니다.", en: "This is no bundle." },
  signature: {
    ko: "믿는 열쇠로 서명된 이 접속기록의 체크포인트가 아닙니다.",
    en: "The checkpoint is not signed for this log by a key that is trusted.",
  },
  place: { ko: "증명 안의 번호가 서로 맞지 않습니다.", en: "Numbers in the bundle contradict each other." },
  record: {
    ko: "기록의 바이트가 접속기록에 있던 것과 다릅니다.",
    en: "The record's bytes are not those that were in the log.",
  },
  batch: {
    ko: "기록이 속한 묶음이 서명된 접속기록에 없습니다.",
    en: "The batch of the record is not in the log that was signed.",
  },
  past: {
    ko: "접속기록이 이전 체크포인트에서 이어지지 않습니다.",
    en: "The log does not go on from the older checkpoint.",
  },
  unreadable: {
    ko: "바이트는 접속기록에 있었으나 이 버전이 읽을 수 있는 기록이 아닙니다.",
    en: "The bytes were in the log, but are no record that this version reads.",
  },
};

/** A verdict in words for people. */
export function printVerdict(
  verdict: BundleVerdict,
  language: Language,
  terminal: Terminal,
): readonly string[] {
  return verdict.isProven
    ? printProven(verdict, language, terminal)
    : printUnproven(verdict, language, terminal);
}

function printUnproven(
  { fault, why }: UnprovenBundle,
  language: Language,
  terminal: Terminal,
): readonly string[] {
  const head = { ko: "증명되지 않음", en: "NOT PROVEN" }[language];
  return [`${paint(terminal, "bad", head)}: ${FAULTS[fault][language]}`, `(${cleanForTerminal(why)})`];
}

function printProven(proven: ProvenBundle, language: Language, terminal: Terminal): readonly string[] {
  const head = { ko: "증명됨", en: "PROVEN" }[language];
  const rows = rowsOf(proven, language);
  return [
    `${paint(terminal, "good", head)}: ${cleanForTerminal(saysOf(proven, language))}`,
    "",
    ...layTable(rows, measure(rows)),
  ];
}

function saysOf({ says, origin, record, checkpoint, since }: ProvenBundle, language: Language): string {
  if (language === "en") return says;
  const first = `이 기록은 지금 보이는 그대로 접속기록 ${origin}의 ${record.seq}번 자리에 있었으며, ${describe(checkpoint)}가 서명될 때 이미 있었습니다.`;
  return since === null
    ? first
    : `${first} 접속기록은 ${describe(since)}에서 이어지며, 그때까지의 내용은 바뀌지 않았습니다.`;
}

function describe({ size, at }: ProvenCheckpoint): string {
  return at === null ? `묶음 ${size}개의 체크포인트` : `${koreanTime(at)} 체크포인트(묶음 ${size}개)`;
}

function rowsOf(
  { record, checkpoint }: ProvenBundle,
  language: Language,
): readonly (readonly [string, string])[] {
  const { seq, id, recordedAt, access } = record;
  const { actor, origin, action, outcome, reason, route, purpose, records } = access;
  const people = records.reduce((sum, { subjects }) => sum + subjects.length, 0);
  const seller = actor.sellerId === null ? "" : `, ${actor.sellerId}`;
  const rows: readonly (readonly [Words, string | null])[] = [
    [{ ko: "자리", en: "place" }, String(seq)],
    [{ ko: "번호", en: "id" }, id],
    [{ ko: "기록 시각", en: "recorded" }, koreanTime(recordedAt)],
    [{ ko: "접속일시", en: "time" }, koreanTime(access.at)],
    [{ ko: "식별자", en: "actor" }, `${actor.id} (${ACTOR_WORDS[actor.kind][language]}${seller})`],
    [{ ko: "접속지", en: "origin" }, origin.ip],
    [
      { ko: "수행업무", en: "action" },
      `${ACTION_WORDS[action][language]} (${OUTCOME_WORDS[outcome][language]})`,
    ],
    [{ ko: "사유", en: "reason" }, reason],
    [{ ko: "경로", en: "route" }, route],
    [{ ko: "목적", en: "purpose" }, purpose],
    [{ ko: "정보주체", en: "pseudonyms" }, String(people)],
    [{ ko: "서명", en: "signed by" }, checkpoint.signers.join(", ")],
  ];
  return rows.flatMap(([heading, cell]) => (cell === null ? [] : [[heading[language], cell] as const]));
}
