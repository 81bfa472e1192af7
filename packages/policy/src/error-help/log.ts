import { help, type SomeHelp } from "./entry.ts";

const NO_LOG = {
  ko: "접속기록이 남기 전에는 한 글자도 나가지 않습니다.",
  en: "Not one byte leaves before its access record is durable.",
};

/** What is wrong with the access log, and with what is made of it. */
export const LOG_HELP: SomeHelp = {
  ERR_GARIM_RECORD_INVALID: help(
    "notice-2026-9/8-1",
    "subjects: (o) => [subject.buyer(o.buyerId)]",
    {
      ko: "접속기록으로 남길 수 없는 값이거나, 기록의 바이트를 읽을 수 없습니다.",
      en: "An access cannot be recorded, or the bytes of a record cannot be read.",
    },
    {
      ko: "다섯 항목(식별자, 접속일시, 접속지, 처리한 정보주체, 수행업무)은 비어 있을 수 없습니다.",
      en: "Who, when, from where, whose data and what for are never empty.",
    },
  ),
  ERR_GARIM_LOG_UNAVAILABLE: help(
    "notice-2026-9/8-1",
    "garim doctor",
    { ko: "접속기록을 쓰거나 읽을 수 없습니다.", en: "The access log cannot be written or read." },
    NO_LOG,
  ),
  ERR_GARIM_LOG_BUSY: help(
    "notice-2026-9/8-1",
    "garim doctor",
    { ko: "접속기록이 밀려 있습니다.", en: "The access log is behind." },
    NO_LOG,
  ),
  ERR_GARIM_LOG_CLOSED: help(
    "notice-2026-9/8-1",
    "server.close(() => garim.close())",
    {
      ko: "닫은 뒤에 접속기록을 쓰려고 했습니다.",
      en: "Something was to be recorded after the log was closed.",
    },
    NO_LOG,
  ),
  ERR_GARIM_QUERY_INVALID: help(
    "notice-2026-9/8-1",
    "garim who-saw --buyer b-100001 --from 2026-11-01 --as kim",
    { ko: "접속기록에 물을 수 없는 질문입니다.", en: "The log cannot be asked like this." },
    {
      ko: "잘못 읽은 조건은 엉뚱한 답이 되므로, 답하지 않고 고칠 곳을 알려 줍니다.",
      en: "A filter that is misread would give another answer, so it is refused and says what to mend.",
    },
  ),
  ERR_GARIM_SINK: help(
    "notice-2026-9/8-1",
    'sinks: [fileSink("/var/log/garim.ndjson")]',
    {
      ko: "접속기록을 다른 곳으로 넘기지 못했습니다.",
      en: "Records could not be passed on.",
    },
    {
      ko: "넘기는 일은 응답을 막지 않으며, 데이터베이스의 기록은 온전합니다. 다시 시도합니다.",
      en: "No answer waits for it, the records in the database are whole, and it is tried again.",
    },
  ),
  ERR_GARIM_SINK_REFUSED: help(
    "notice-2026-9/8-1",
    'sinks: [httpSink("https://siem.example/events")]',
    {
      ko: "받는 쪽이 접속기록을 거절했습니다.",
      en: "The other side refused records that were passed on.",
    },
    {
      ko: "같은 것을 다시 보내도 받지 않으므로 건너뛰고 몇 건인지 남깁니다.",
      en: "It would not take the same again: they are passed over, and how many is told.",
    },
  ),
  ERR_GARIM_PROOF_INVALID: help(
    "notice-2026-9/8-2",
    "garim verify --place /mnt/elsewhere/checkpoints --key log.pub",
    {
      ko: "증명이나 체크포인트가 맞지 않습니다.",
      en: "A proof or a checkpoint does not hold.",
    },
    {
      ko: "증명되지 않는 기록은 바뀌었을 수 있습니다.",
      en: "A record that is not proven may have been changed.",
    },
  ),
  ERR_GARIM_RETENTION: help(
    "notice-2026-9/8-1",
    "garim retention plan",
    { ko: "기록을 파기하거나 보존할 수 없습니다.", en: "Records cannot be destroyed or held like this." },
    {
      ko: "보존 기간이 남았거나 보존 요청이 있는 기록은 파기하지 않습니다.",
      en: "What must still be kept, or is under a legal hold, is not destroyed.",
    },
  ),
};
