import type { Words } from "@garim/policy";

/** What an operator of the marketplace must act on. */
export type TroubleKind =
  | "database-down"
  | "database-read-only"
  | "state-down"
  | "log-down"
  | "checkpoint-late"
  | "place-unreachable"
  | "replica-down"
  | "sink-failing"
  | "keys-unusable"
  | "key-old"
  | "clock-apart"
  | "partition-missing"
  | "disk-nearly-full"
  | "tool-misuse";

export interface TroubleSpec {
  /** `page`: guarded routes answer 503, or soon will: wake somebody. `day`: within the working day. */
  readonly urgency: "page" | "day";
  /** What is the matter. */
  readonly about: Words;
  /** What to do. */
  readonly remedy: Words;
}

/** Every kind of trouble, what it means and what to do. */
export const TROUBLES: Readonly<Record<TroubleKind, TroubleSpec>> = Object.freeze({
  "database-down": {
    urgency: "page",
    about: { ko: "데이터베이스가 응답하지 않습니다", en: "The database does not answer" },
    remedy: {
      ko: "PostgreSQL과 그 앞의 풀러가 실행 중인지, 이 노드에서 닿는지 확인하십시오. 복구되면 다시 시작할 필요가 없습니다",
      en: "See that PostgreSQL and a pooler before it run and can be reached from this node; nothing has to be restarted here",
    },
  },
  "database-read-only": {
    urgency: "page",
    about: { ko: "데이터베이스가 읽기 전용입니다", en: "The database is read-only" },
    remedy: {
      ko: "연결 주소가 현재의 주 서버를 가리키게 하십시오. 대기 서버로 승격되기 전의 서버에 연결되어 있을 수 있습니다",
      en: "Let the address lead to the primary: after a failover it may lead to the old one, or to a standby not promoted yet",
    },
  },
  "state-down": {
    urgency: "page",
    about: { ko: "세션 저장소가 응답하지 않습니다", en: "The state store does not answer" },
    remedy: {
      ko: "Redis(없으면 데이터베이스)가 실행 중인지, 메모리가 가득 차지 않았는지 확인하십시오. 그때까지 보호된 경로는 503입니다",
      en: "See that Redis, or the database where there is none, runs, can be reached and has memory left; until then guarded routes answer 503",
    },
  },
  "log-down": {
    urgency: "page",
    about: { ko: "접속기록을 쓸 수 없습니다", en: "The access log takes no records" },
    remedy: {
      ko: "데이터베이스 디스크의 여유 공간, 권한, 부하를 확인하십시오(garim doctor). 기록되지 않으면 아무것도 공개되지 않습니다",
      en: "Look at room on the database's disk, rights and load (garim doctor); nothing is disclosed until it takes records again",
    },
  },
  "checkpoint-late": {
    urgency: "day",
    about: { ko: "접속기록의 서명이 늦어지고 있습니다", en: "The log's signed checkpoint is late" },
    remedy: {
      ko: "서명 키를 가진 노드가 실행 중인지, 로그에 ERR_GARIM_PROOF_INVALID가 없는지 확인하고 garim verify를 실행하십시오",
      en: "See that a node with a signing key runs, look for ERR_GARIM_PROOF_INVALID in its log, and run garim verify",
    },
  },
  "place-unreachable": {
    urgency: "day",
    about: { ko: "체크포인트 보관 장소에 쓸 수 없습니다", en: "A place of checkpoints takes none" },
    remedy: {
      ko: "그 장소가 연결되어 있고 쓸 수 있으며 공간이 있는지 확인하십시오. 복구되면 빠진 것은 스스로 채웁니다",
      en: "See that the place is mounted, writable and has room; what it missed is made up for by itself",
    },
  },
  "replica-down": {
    urgency: "day",
    about: { ko: "감사자용 복제본에 질의할 수 없습니다", en: "The auditors' replica cannot be asked" },
    remedy: {
      ko: "복제본과 복제 지연을 확인하십시오. 그동안 주 데이터베이스가 답합니다",
      en: "Look at the replica and its lag; meanwhile the primary answers",
    },
  },
  "sink-failing": {
    urgency: "day",
    about: { ko: "접속기록을 다른 시스템에 전달하지 못합니다", en: "Records cannot be passed on" },
    remedy: {
      ko: "받는 쪽(SIEM 등)을 확인하십시오. 기록은 데이터베이스에 안전하게 남아 있습니다",
      en: "Look at the receiving side (a SIEM); the records themselves are safe in the database",
    },
  },
  "keys-unusable": {
    urgency: "page",
    about: { ko: "키를 사용할 수 없습니다", en: "The keys cannot be used" },
    remedy: {
      ko: "키 파일(또는 키 저장소)을 읽을 수 있는지 확인하고 백업에서 복원하십시오",
      en: "See that the key file, or the vault, can be read; restore it from its backup",
    },
  },
  "key-old": {
    urgency: "day",
    about: { ko: "1년이 넘은 키를 사용하고 있습니다", en: "A key in use is older than a year" },
    remedy: { ko: "garim keys rotate를 실행하십시오", en: "Run garim keys rotate" },
  },
  "clock-apart": {
    urgency: "day",
    about: {
      ko: "이 노드와 데이터베이스의 시계가 다릅니다",
      en: "The clocks of this node and the database are apart",
    },
    remedy: {
      ko: "두 서버의 NTP를 확인하십시오(timedatectl status). 세션과 보유 기한은 이 시계로 끝납니다",
      en: "Let NTP set both (timedatectl status); sessions and retention end by these clocks",
    },
  },
  "partition-missing": {
    urgency: "day",
    about: {
      ko: "다음 주의 접속기록 파티션이 없습니다",
      en: "The log has no partition for the week that comes",
    },
    remedy: {
      ko: "SELECT garim.cover(now() + interval '1 month')를 실행하십시오. 없으면 첫 기록이 만들지만 모두가 기다립니다",
      en: "Run SELECT garim.cover(now() + interval '1 month'); else the first record makes it, and all others wait",
    },
  },
  "disk-nearly-full": {
    urgency: "day",
    about: { ko: "이 노드의 디스크가 거의 찼습니다", en: "A disk of this node is nearly full" },
    remedy: {
      ko: "임시 폴더와 체크포인트 폴더가 있는 디스크를 비우십시오. 데이터베이스의 디스크는 데이터베이스 쪽에서 확인하십시오",
      en: "Make room where the temporary folder and the folder of checkpoints lie; watch the database's disk at the database",
    },
  },
  "tool-misuse": {
    urgency: "day",
    about: { ko: "셀러툴이 지나치게 많이 읽으려 합니다", en: "A tool tries to read more than it may" },
    remedy: {
      ko: "접속기록에서 그 셀러툴을 보고(garim downloads·who-saw, action=signal), 필요하면 garim.tools.tools.suspend로 막으십시오",
      en: "Look at the tool in the log (action signal), and suspend it with garim.tools.tools.suspend where it is not explained",
    },
  },
});

/** Trouble that begins or ends, as a host is told. Holds nothing of a person. */
export interface OperatorAlert extends TroubleSpec {
  readonly kind: TroubleKind;
  readonly state: "raised" | "cleared";
  /** UTC milliseconds. */
  readonly at: number;
}
