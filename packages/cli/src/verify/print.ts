import { DAMAGE_WORDS, type Damage, koreanTime, type Verdict } from "@garim/audit";
import { cleanForTerminal } from "../output/clean.ts";
import { paint } from "../output/colour.ts";
import type { Language } from "../output/language.ts";
import type { Terminal } from "../terminal.ts";

/** What was compared. */
export interface Compared {
  readonly database: string;
  readonly place: string;
  readonly origin: string;
}

const MOST_SHOWN = 20;

/** A verdict in words for people. */
export function printLogVerdict(
  verdict: Verdict,
  compared: Compared,
  language: Language,
  terminal: Terminal,
): readonly string[] {
  const say = language === "ko" ? KOREAN : ENGLISH;
  const { damages, unlisted, first } = verdict;
  const more = damages.length - MOST_SHOWN + unlisted;
  return [
    paint(terminal, verdict.isIntact ? "good" : "bad", verdict.isIntact ? say.intact : say.damaged),
    ...(first === null ? [] : [`${say.first}: ${printDamage(first, language)}`]),
    "",
    ...say.proven(verdict),
    ...(verdict.knownUntil === 0 ? [] : [say.known(verdict.knownUntil)]),
    ...say.unsealed(verdict),
    ...verdict.destroyed.map(say.destroyed),
    ...say.replay(verdict),
    ...(damages.length === 0
      ? []
      : ["", say.all, ...damages.slice(0, MOST_SHOWN).map((damage) => `  ${printDamage(damage, language)}`)]),
    ...(more > 0 ? [`  ${say.more(more)}`] : []),
    "",
    say.compared(compared),
  ].map(cleanLine);
}

/** What would steer a terminal is shown as its code; our own colours stay. */
function cleanLine(line: string): string {
  return line.startsWith("\u001b[") ? line : cleanForTerminal(line);
}

function printDamage({ kind, seq, last, id, what }: Damage, language: Language): string {
  const say = language === "ko" ? KOREAN : ENGLISH;
  const named = id === undefined ? "" : ` (${id})`;
  return `${say.place(seq, last)}${named}: ${DAMAGE_WORDS[kind][language]}; ${what}`;
}

interface Sayings {
  readonly intact: string;
  readonly damaged: string;
  readonly first: string;
  readonly all: string;
  readonly place: (seq: number, last: number) => string;
  readonly proven: (verdict: Verdict) => readonly string[];
  readonly known: (until: number) => string;
  readonly unsealed: (verdict: Verdict) => readonly string[];
  readonly destroyed: (one: Verdict["destroyed"][number]) => string;
  readonly replay: (verdict: Verdict) => readonly string[];
  readonly more: (count: number) => string;
  readonly compared: (compared: Compared) => string;
}

const count = (value: number): string => value.toLocaleString("en-US");

const ENGLISH: Sayings = {
  intact: "INTACT: every record under a checkpoint is, byte for byte, what was recorded",
  damaged: "DAMAGED",
  first: "first",
  all: "everything that is wrong:",
  place: (seq, last) => (seq === last ? `record ${seq}` : `records ${seq} to ${last}`),
  proven: ({ proven: { records, until } }) =>
    until === null
      ? ["nothing is proven: the copy outside holds no checkpoint that a trusted key signed"]
      : [
          `proven: ${count(records)} records, up to place ${until.place}${until.moment === null ? "" : `, under the checkpoint of ${new Date(until.moment).toISOString()}`}`,
        ],
  known: (until) =>
    `not read again: records 1 to ${until}, which the checkpoint that you gave covers; the log goes on from it unless said above`,
  unsealed: ({ unsealed }) =>
    unsealed === null
      ? []
      : [
          `not yet proven: records ${unsealed.first} to ${unsealed.last}, which no checkpoint outside covers yet`,
        ],
  destroyed: ({ month, first, last, by }) =>
    `destroyed on record: ${month} (places ${first} to ${last}), by record ${by}`,
  replay: ({ replay }) =>
    replay === null
      ? []
      : [
          `decisions made again: ${count(replay.decisions)}, of which ${count(replay.differences.length)} come out otherwise`,
          ...(replay.observed === 0
            ? []
            : [
                `  ${count(replay.observed)} of them were only observed: they were not enforced, and prove nothing of the rules`,
              ]),
          ...replay.differences
            .slice(0, MOST_SHOWN)
            .map(
              ({ seq, record, recorded, recomputed }) =>
                `  record ${seq}, order ${record}: recorded ${recorded}; again ${recomputed}`,
            ),
          ...replay.unknown
            .slice(0, MOST_SHOWN)
            .map(
              ({ seq, edition }) =>
                `  record ${seq}: not made again, its policy edition ${edition} is not known here`,
            ),
        ],
  more: (left) => `and ${count(left)} more; --json lists up to 1,000`,
  compared: ({ database, place, origin }) => `compared: ${database} with ${place}, for ${origin}`,
};

const KOREAN: Sayings = {
  intact: "이상 없음: 체크포인트에 든 모든 기록이 기록된 그대로입니다",
  damaged: "손상됨",
  first: "첫 손상",
  all: "발견된 손상 전부:",
  place: (seq, last) => (seq === last ? `${seq}번 기록` : `${seq}~${last}번 기록`),
  proven: ({ proven: { records, until } }) =>
    until === null
      ? ["증명된 것이 없습니다: 외부 사본에 믿는 열쇠로 서명된 체크포인트가 없습니다"]
      : [
          `증명됨: 기록 ${count(records)}건, ${until.place}번까지${until.moment === null ? "" : ` (체크포인트 ${koreanTime(until.moment)})`}`,
        ],
  known: (until) =>
    `다시 읽지 않음: 1~${until}번 기록 (주어진 체크포인트에 든 기록). 위에 달리 적히지 않았다면 기록은 그 체크포인트에서 이어집니다`,
  unsealed: ({ unsealed }) =>
    unsealed === null
      ? []
      : [`아직 증명되지 않음: ${unsealed.first}~${unsealed.last}번 기록 (외부 체크포인트에 아직 들지 않음)`],
  destroyed: ({ month, first, last, by }) =>
    `기록을 남기고 파기됨: ${month} (${first}~${last}번), 파기 기록 ${by}번`,
  replay: ({ replay }) =>
    replay === null
      ? []
      : [
          `다시 내린 판단: ${count(replay.decisions)}건, 그중 다른 결과 ${count(replay.differences.length)}건`,
          ...(replay.observed === 0
            ? []
            : [
                `  그중 ${count(replay.observed)}건은 관찰만 하고 적용하지 않은 판단이며, 규칙을 지킨 증빙이 아닙니다`,
              ]),
          ...replay.differences
            .slice(0, MOST_SHOWN)
            .map(
              ({ seq, record, recorded, recomputed }) =>
                `  ${seq}번 기록, ${record}번째 주문: 기록 ${recorded}; 다시 ${recomputed}`,
            ),
          ...replay.unknown
            .slice(0, MOST_SHOWN)
            .map(({ seq, edition }) => `  ${seq}번 기록: 정책 판 ${edition}을 알 수 없어 다시 판단하지 못함`),
        ],
  more: (left) => `그 밖에 ${count(left)}건; --json은 1,000건까지 보여 줍니다`,
  compared: ({ database, place, origin }) => `비교: ${database} / ${place} (${origin})`,
};
