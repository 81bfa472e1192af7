import { help, type SomeHelp } from "./entry.ts";

const TIGHTEN = {
  ko: "설정은 정책 판보다 엄격하게만 할 수 있습니다. 느슨한 설정으로는 시작하지 않습니다.",
  en: "A configuration may be stricter than the edition, never laxer; a laxer one does not start.",
};
const START = {
  ko: "잘못 읽은 설정은 아무도 모르게 규칙을 끕니다. 그래서 시작할 때 모두 확인합니다.",
  en: "An option that is misread would switch a rule off without a word, so all of them are checked at start.",
};
const KEYS = {
  ko: "접속기록의 정보주체는 키로 만든 가명입니다. 키가 없거나 읽을 수 없으면 누구의 정보였는지 다시 찾을 수 없습니다.",
  en: "Data subjects are keyed pseudonyms in the log: without a key that can be read nobody finds them again.",
};

/** What is wrong before anything runs: options, policy, keys, schemas, the deployment. */
export const CONFIGURATION_HELP: SomeHelp = {
  ERR_GARIM_EDITION_UNKNOWN: help(
    "notice-2026-9/5-3",
    'policy: { edition: "kr-2026-10-31" }',
    { ko: "없는 정책 판을 지정했습니다.", en: "There is no policy edition of that name." },
    {
      ko: "각 접속기록에는 판단에 쓰인 정책 판이 남으며, 그 판으로 다시 판단할 수 있어야 합니다.",
      en: "Each record names the edition of its decision, by which it is made again later.",
    },
  ),
  ERR_GARIM_POLICY_LAX: help(
    "garim/closed",
    "policy: { idleMinutes: 10 }",
    {
      ko: "정책 판이 허용하는 범위보다 느슨한 숫자입니다.",
      en: "A number is laxer than the edition allows.",
    },
    TIGHTEN,
  ),
  ERR_GARIM_POLICY_INVALID: help(
    "garim/closed",
    'policy: { edition: "kr-2026-10-31", idleMinutes: 10 }',
    { ko: "policy를 읽을 수 없습니다.", en: "The policy cannot be read." },
    START,
  ),
  ERR_GARIM_OPTION_UNKNOWN: help(
    "garim/closed",
    "createGarim({ database, keys, identify })",
    {
      ko: "없는 이름의 옵션입니다. 오류 문구가 가장 가까운 이름을 알려 줍니다.",
      en: "There is no option of that name; the message names the nearest one.",
    },
    START,
  ),
  ERR_GARIM_OPTION_INVALID: help(
    "garim/closed",
    'garim.reveal([order], { purpose: "fulfilment" })',
    {
      ko: "옵션의 값이 받을 수 없는 형식입니다. 오류 문구에 그대로 쓸 줄이 있습니다.",
      en: "An option has a value it cannot have; the message holds the line to write.",
    },
    START,
  ),
  ERR_GARIM_SUBJECT_INVALID: help(
    "notice-2026-9/8-1",
    "subjects: (o) => [subject.buyer(String(o.buyerId))]",
    {
      ko: "정보주체를 나타내는 값이 1~256자의 글자가 아닙니다.",
      en: "What names a data subject is no text of 1 to 256 characters.",
    },
    {
      ko: "접속기록에는 누구의 정보를 처리했는지가 반드시 남아야 합니다.",
      en: "A record must say whose data it was about.",
    },
  ),
  ERR_GARIM_SCHEMA_INVALID: help(
    "notice-2026-9/5-1",
    'schema("order", { orderNo: open(), buyer: { name: pii.name() } }, { seller, subjects, state })',
    {
      ko: "스키마의 선언이 맞지 않습니다. 오류 문구가 자리를 알려 줍니다.",
      en: "A schema is not declared as it must be; the message names the place.",
    },
    {
      ko: "선언하지 않은 항목은 나가지 않으므로, 선언은 시작할 때 확인합니다.",
      en: "What is not declared is never written, so declarations are checked at start.",
    },
  ),
  ERR_GARIM_KEYS_INVALID: help(
    "pipa/29",
    "garim keys list --keys ./garim.keys",
    {
      ko: "키 파일이나 키의 형식이 맞지 않습니다.",
      en: "A key, or the file of keys, has not the form it must have.",
    },
    KEYS,
  ),
  ERR_GARIM_KEYS_MISSING: help(
    "pipa/29",
    "garim keys create --keys ./garim.keys",
    { ko: "키가 없습니다.", en: "There is no key." },
    KEYS,
  ),
  ERR_GARIM_DEPLOYMENT: help(
    "garim/closed",
    "garim doctor",
    {
      ko: "이대로는 운영할 수 없는 구성입니다. 오류 문구에 고칠 줄이 있습니다.",
      en: "The deployment cannot be run like this; the message holds the line that mends it.",
    },
    {
      ko: "운영 환경에서는 개발용 기본값(TLS 없는 쿠키, 지정하지 않은 프록시, 외부 사본 없는 접속기록)으로 시작하지 않습니다.",
      en: "Production refuses development defaults: cookies without TLS, proxies that are not named, a log without a copy elsewhere.",
    },
  ),
  ERR_GARIM_DATABASE: help(
    "garim/closed",
    "database: new Pool({ connectionString: process.env.DATABASE_URL })",
    {
      ko: "데이터베이스가 응답하지 않거나 쓸 수 없습니다.",
      en: "The database does not answer, or does not let this user work.",
    },
    {
      ko: "기록할 수 없으면 아무것도 내보내지 않습니다.",
      en: "What cannot be recorded is not sent.",
    },
  ),
  ERR_GARIM_SCHEMA_VERSION: help(
    "notice-2026-9/8-1",
    "garim migrate",
    {
      ko: "데이터베이스의 표가 이 패키지의 판과 다릅니다.",
      en: "The tables in the database are of another version than this package.",
    },
    {
      ko: "다른 판의 표에 쓰면 접속기록이 어긋날 수 있습니다.",
      en: "Writing to tables of another version could break the log.",
    },
  ),
  ERR_GARIM_ROUTE_UNGUARDED: help(
    "notice-2026-9/5-1",
    'app.get("/orders", garim.reveal([order], { purpose: "fulfilment" }), handler)',
    {
      ko: "아무것도 지키지 않는 경로가 있습니다.",
      en: "There is a route that nothing guards.",
    },
    {
      ko: 'strict에서는 모든 경로가 보호되거나, 왜 보호가 필요 없는지 말해야 합니다: garim.unguarded("까닭").',
      en: 'In strict mode each route is guarded, or says why it needs no guard: garim.unguarded("why").',
    },
  ),
  ERR_GARIM_INPUT_INVALID: help(
    "garim/closed",
    "garim --help",
    {
      ko: "명령에 준 파일이나 옵션을 쓸 수 없습니다.",
      en: "A file or an option given to the command cannot be used.",
    },
    START,
  ),
};
