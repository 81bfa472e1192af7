import { isIP } from "node:net";

/** What a text may look like where its member's name says nothing. */
export const LOOKS = [
  "ip",
  "address",
  "postcode",
  "passport",
  "account",
  "name",
  "uuid",
  "code",
  "flag",
] as const;
export type Look = (typeof LOOKS)[number];

const PROVINCE =
  /^(?:[([]?\d{5}[)\]]? )?(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충청?[북남]|전[북남라]|경[북남상]|제주)\S* \S/;
/** The most frequent surnames, nine of ten people; compound ones besides. */
const KOREAN_NAME =
  /^(?:[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용]|남궁|황보|제갈|사공|선우|서문|독고)[가-힣]{1,3}$/;

const TESTS: Readonly<Record<Look, (text: string) => boolean>> = {
  ip: (text) => isIP(text) !== 0,
  address: (text) => PROVINCE.test(text),
  postcode: (text) => /^(?:\d{5}|\d{3}-\d{3})$/.test(text),
  passport: (text) => /^[A-Z]{1,2}\d{7,8}$|^[A-Z]\d{3}[A-Z]\d{4}$/.test(text),
  account: (text) => /^\d[\d-]{7,}\d$/.test(text),
  name: (text) => KOREAN_NAME.test(text),
  uuid: (text) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text),
  code: (text) => /^(?=[^\d]*[A-Z])(?=.*[\d_-])[A-Z\d_-]{2,40}$/.test(text),
  flag: (text) => /^(?:[YN]|true|false|예|아니오)$/i.test(text),
};

/** Whether a text that is not empty looks like something. */
export function isLook(look: Look, text: string): boolean {
  return TESTS[look](text);
}
