import { help, type SomeHelp } from "./entry.ts";

const DECLARED = {
  ko: "선언과 다른 응답에서는 무엇이 개인정보인지 알 수 없으므로, 아무것도 내보내지 않습니다.",
  en: "In an answer that is not what was declared nobody can tell what is personal, so nothing of it leaves.",
};
const CLOSED = {
  ko: "확인할 수 없으면 닫습니다. 503으로 답하고, 돌아오면 다시 시작하지 않아도 이어집니다.",
  en: "Closed when in doubt: 503 until it is back, then on without a restart.",
};

/** What is wrong while requests are answered: answers, identities, stores, things a host is told by. */
export const ANSWER_HELP: SomeHelp = {
  ERR_GARIM_ANSWER_SHAPE: help(
    "garim/closed",
    "res.json(orders)",
    { ko: "응답의 모양이 선언과 다릅니다.", en: "An answer has not the shape its schema declares." },
    DECLARED,
  ),
  ERR_GARIM_ANSWER_UNDECLARED: help(
    "notice-2026-9/5-1",
    'garim.reveal([order], { purpose: "fulfilment", undeclared: "drop" })',
    {
      ko: "스키마에 없는 값이 응답에 있습니다.",
      en: "An answer holds members its schema does not declare.",
    },
    {
      ko: "선언하지 않은 값은 나가지 않습니다. 개발 중에는 알아차리도록 오류가 됩니다: open()이나 pii.…()로 선언하거나 버리십시오.",
      en: "What is not declared is never written; in development it is an error, so that it is seen: declare it as open() or pii.…(), or drop it.",
    },
  ),
  ERR_GARIM_ANSWER_TOO_LARGE: help(
    "garim/download",
    'app.post("/exports", garim.download(order), (req, res) => res.rows(stream(req)))',
    { ko: "응답이 너무 큽니다.", en: "An answer is too large." },
    {
      ko: "많은 건은 쪽을 나누거나 내려받기로 주십시오. 내려받기에는 목적과 새 인증이 필요합니다.",
      en: "Many rows go page by page, or by a download, which takes a purpose and a fresh proof.",
    },
  ),
  ERR_GARIM_ANSWER_CHANGED: help(
    "garim/closed",
    "res.json(structuredClone(orders))",
    {
      ko: "읽을 때마다 다른 객체를 주는 값이 응답에 있습니다.",
      en: "An answer holds objects that are others each time they are read.",
    },
    {
      ko: "판단한 바로 그 값만 내보냅니다.",
      en: "Only the very value that was judged is written.",
    },
  ),
  ERR_GARIM_ANSWER_WAY: help(
    "garim/closed",
    "res.json(orders)",
    {
      ko: "보호된 경로가 res.json이 아닌 방법(글자, 파이프, sendFile, redirect)으로 답했습니다.",
      en: "A guarded route answered by another way than res.json: a text, a pipe, sendFile, a redirect.",
    },
    DECLARED,
  ),
  ERR_GARIM_IDENTITY_INVALID: help(
    "notice-2026-9/8-1",
    'identify: (req) => req.session?.user // { kind: "staff", staffId, sellerId, roles, authenticatedAt }',
    { ko: "identify가 준 값을 읽을 수 없습니다.", en: "What identify() gave cannot be read." },
    {
      ko: "누구인지 알 수 없는 사람에게는 아무것도 보여 주지 않습니다.",
      en: "Nobody who cannot be told is shown anything.",
    },
  ),
  ERR_GARIM_STATE_UNAVAILABLE: help(
    "garim/closed",
    "garim doctor",
    {
      ko: "세션이나 셀러툴의 상태를 확인할 수 없습니다.",
      en: "The state of sessions or tools cannot be had.",
    },
    CLOSED,
  ),
  ERR_GARIM_CHANNEL: help(
    "garim/closed",
    'channels: [{ name: "sms", send: ({ worker, code }) => sendText(worker.id, code) }]',
    { ko: "인증번호를 보내지 못했습니다.", en: "A code could not be sent." },
    {
      ko: "보내는 일은 10초까지만 기다립니다. 그 사이 다른 인증 수단은 쓸 수 있습니다.",
      en: "Sending is waited for ten seconds at most; other factors go on meanwhile.",
    },
  ),
  ERR_GARIM_SIGNAL: help(
    "notice-2026-9/6-1",
    'signals: { sharedOffices: ["203.0.113.0/24"] }',
    { ko: "이상 징후를 살피지 못했습니다.", en: "A sign of somebody else could not be looked for." },
    {
      ko: "징후는 놓쳐도 접속은 규칙대로 판단합니다. 원인은 오류 문구에 있습니다.",
      en: "What was missed is said in the message; requests are judged by the rules all the same.",
    },
  ),
};
