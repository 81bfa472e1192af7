import { isPiiKind, type PiiKind } from "@garim/policy";

/** What a word of a member's name is about: a kind of personal data, a party, a thing, an event, or the form of a value. */
export type Concept =
  | PiiKind
  | "buyer"
  | "recipient"
  | "customer"
  | "person"
  | "seller"
  | "product"
  | "order"
  | "deal"
  | "shipment"
  | "payment"
  | "organization"
  | "delivered"
  | "confirmed"
  | "canceled"
  | "returned"
  | "completed"
  | "requested"
  | "id"
  | "number"
  | "word"
  | "amount"
  | "moment"
  | "flag"
  | "url"
  | "profile"
  | "label"
  | "part";

/** The words of each concept: English, the short forms of Korean systems (rcvr, nm, dttm), Korean. */
export const WORDS: Readonly<Record<Concept, string>> = {
  name: "name nm names 이름 성명 성함 명 명칭 fullname firstname lastname nickname nick 별명 닉네임",
  phone: `phone tel telno tlno telephone hp hpno mobile mbtlnum cell cellphone handphone fax contact contacts phonenumber
    safenumber 전화 전화번호 휴대폰 휴대전화 핸드폰 폰 연락처 안심번호 팩스`,
  email: "email mail eml 이메일 메일 전자우편",
  userId: "userid loginid login 아이디",
  birth: "birth birthday birthdate dob bday brdt brth 생년월일 생일 생년 출생",
  rrn: "rrn jumin ssn ihidnum 주민 주민번호 주민등록번호 외국인등록번호",
  passport: "passport psprt 여권 여권번호",
  card: "card creditcard 카드 카드번호",
  account: "account acct acnt bankaccount 계좌 계좌번호",
  ip: "ip ipaddr 아이피",
  customsCode: "customs pccc pcc 통관 개인통관고유부호 통관고유부호 통관부호 통관번호",
  postcode: "zip zipcode zipno post postno postal postalcode postcode zonecode 우편 우편번호",
  address: `address addresses addr addrs adres adrs street road jibun sido sigungu dong city town village lat lng lon latitude
    longitude 주소 도로명 지번 배송지 수령지 시도 시군구 읍면동 동호수 위도 경도`,
  memo: `memo memos message messages msg note notes remark remarks rmk comment comments request requests instruction instructions
    reason content contents question answer inquiry review entrance doorcode gate password passwd pwd pw 메모 요청 요청사항 메시지
    메세지 비고 문의 사유 특이사항 전달사항 공동현관 현관 출입 출입방법 출입번호 비밀번호 내용`,
  company: "company corp corporation firm biz business 상호 회사 법인 사업자",
  buyer: `buyer byr orderer orderuser purchaser payer remitter depositor 구매자 구매인 주문자 주문인 주문고객 결제자 입금자 입금인`,
  recipient: `receiver recver recipient rcvr rcv recv rcpt rcpnt addressee consignee shipto 수취인 수취 수령인 수령자 수신인 수신자
    인수자 받는 받는사람 받는분`,
  customer: "customer cust cstmr member mbr user usr client consumer guest 고객 회원 사용자 이용자 소비자",
  person: `person sender snd sendr holder owner applicant manager staff rider driver writer author first last given family middle
    surname real 보내는 보내는사람 보내는분 사람 분 본인 담당자 담당 발송인 발송자 신청인 신청자 대표자 기사 작성자 예금주`,
  seller: `seller selr slr vendor vndr supplier merchant mall shop store partner ptnr entp 판매자 판매처 입점사 업체 상점 스토어
    셀러 공급사 쇼핑몰`,
  product: `product prod prd prdt goods gds item items itm sku option options opt brand category ctg cat title subject model color
    size gift barcode 상품 품목 옵션 브랜드 카테고리 제목 모델 색상 사이즈 사은품`,
  order: "order orders ord ordr odr line lines claim clm 주문 발주 클레임 교환",
  deal: "purchase 구매 거래",
  shipment: `delivery deliveries dlv dlvr dlvy ship shipping shipment parcel 배송 출고 발송 택배`,
  payment: "pay payment payments paid settle 결제 입금 지불",
  organization: "bank banks courier carrier 은행 카드사 택배사 운송사",
  delivered: "delivered 배송완료 배달완료",
  confirmed: "confirmed confirm confirmation cnfrm 확정 구매확정",
  canceled: "canceled cancelled cancel cancellation cncl 취소",
  returned: "returned return rtn refund refunded 반품 환불 반송",
  completed: "completed complete completion done finished end fin 완료 종료",
  requested: "requested receipted registered 접수 신청",
  id: "id ids key uuid guid uid tracking trck invoice waybill 식별자 운송장 송장",
  number: "no num number nbr seq sn serial 번호 순번 일련번호",
  word: `status state stat sts type typ code cd kind method mthd div gubun grade level channel currency country nation lang
    language locale unit version result 상태 구분 유형 종류 코드 방법 수단 등급 채널 통화 국가 언어 단위 단계 결과`,
  amount: `amount amt price prc cost fee total sum discount dscnt dc tax vat qty quantity count cnt rate point points weight
    balance ratio page pages offset limit 금액 가격 단가 수량 합계 할인 할인액 배송비 수수료 개수 건수 포인트 중량 비용 총액 총`,
  moment: "at on date dt dttm dtm datetime time tm ymd day ts timestamp 일시 일자 날짜 시각 시간 일 시점",
  flag: "yn flag is has can use enabled active 여부 유무",
  url: "url uri link href image images img thumbnail photo 이미지 링크 사진",
  profile: "gender sex age nationality 성별 나이 연령 국적",
  label: "description desc label text 설명 라벨",
  part: "detail details dtl sub main base basic full extra info information kor eng ko en etc 정보 상세 기본 전체 나머지 영문 한글",
};

const CONCEPT_OF: ReadonlyMap<string, Concept> = new Map(
  (Object.entries(WORDS) as [Concept, string][]).flatMap(([concept, words]) =>
    words.split(/\s+/).map((word) => [word.normalize("NFC"), concept] as const),
  ),
);

/** What a word is about, in lower case and NFC; nothing for a word that is not known. */
export function conceptOf(word: string): Concept | undefined {
  return CONCEPT_OF.get(word);
}

/** Narrows a concept to the kind of personal data it is. */
export function kindOf(concept: Concept | undefined): PiiKind | undefined {
  return isPiiKind(concept) ? concept : undefined;
}
