import { DOWNLOAD_WORDS } from "./download-words.js";
import { SECURITY_WORDS } from "./security-words.js";
import { STORY_WORDS } from "./story-words.js";

/** Every word of the pages: Korean first. */
const WORDS = {
  ...DOWNLOAD_WORDS,
  ...SECURITY_WORDS,
  ...STORY_WORDS,
  market: ["가림마켓", "Garim Market"],
  orders: ["주문", "Orders"],
  claims: ["클레임", "Claims"],
  reviews: ["리뷰·문의", "Reviews and questions"],
  review: ["리뷰", "Review"],
  question: ["문의", "Question"],
  reply: ["판매자 답변", "Seller's reply"],
  "post-kind": ["종류", "Kind"],
  "post-text": ["내용(누구나 봅니다)", "Text (everybody reads it)"],
  "write-post": ["올리기", "Post"],
  "write-reply": ["답변하기", "Reply"],
  "post-instead": ["이렇게 올릴 수 있습니다", "This could be posted"],
  records: ["접속기록", "Access records"],
  purpose: ["목적", "Purpose"],
  "my-orders": ["내 주문", "My orders"],
  "operator-desk": ["운영자 화면", "Operator's desk"],
  "log-in": ["로그인", "Log in"],
  "log-out": ["로그아웃", "Log out"],
  "switch-language": ["English", "한국어"],
  "switch-lang": ["en", "ko"],
  skip: ["본문으로 건너뛰기", "Skip to content"],
  menu: ["메뉴", "Menu"],
  cancel: ["취소", "Cancel"],
  user: ["아이디", "User"],
  password: ["비밀번호", "Password"],
  "log-in-401": ["아이디나 비밀번호가 맞지 않습니다.", "Wrong user or password."],
  "log-in-429": [
    "비밀번호를 여러 번 틀려 잠겼습니다. 잠시 뒤 다시 시도해 주세요.",
    "Locked after several wrong passwords. Try again in a while.",
  ],
  demo: ["데모 계정", "Demo log-ins"],
  "the-market": ["마켓", "The market"],
  owner: ["대표 관리자", "Owner"],
  shipper: ["배송 담당", "Shipper"],
  claimsRole: ["클레임 담당", "Claims"],
  downloader: ["내려받기 담당", "Downloader"],
  viewer: ["조회 담당", "Viewer"],
  operator: ["운영자", "Operator"],
  auditor: ["점검자", "Auditor"],
  buyer: ["구매자", "Buyer"],
  "try-owner": [
    "가게의 모든 항목. 구매확정 뒤에는 똑같이 가려집니다.",
    "Everything of the shop; masked after confirmation all the same.",
  ],
  "try-shipper": [
    "배송에 필요한 이름·전화·주소. 이메일은 없습니다.",
    "Names, phones and addresses to ship; no e-mail.",
  ],
  "try-claims": ["반품·교환에 필요한 항목", "What returns and exchanges need."],
  "try-downloader": ["주문을 암호화된 파일로 내려받습니다.", "Downloads orders as an encrypted file."],
  "try-viewer": ["이름만", "Names only."],
  "try-operator": [
    "클레임을 접수하면 판매자에게 필요한 항목이 보입니다.",
    "Open a claim: the seller sees what it needs.",
  ],
  "try-auditor": ["누가 누구의 정보를 보았는지", "Who saw whom."],
  "try-buyer": [
    "구매를 확정하면 판매자 화면에서 가려집니다.",
    "Confirm a purchase: the seller's page masks it.",
  ],
  search: ["찾기", "Search"],
  "order-no": ["주문번호", "Order number"],
  state: ["상태", "State"],
  all: ["전체", "All"],
  unpaid: ["결제 전", "Unpaid"],
  paid: ["결제 완료", "Paid"],
  preparing: ["상품 준비", "Preparing"],
  shipping: ["배송 중", "Shipping"],
  delivered: ["배송 완료", "Delivered"],
  confirmed: ["구매확정", "Confirmed"],
  cancelled: ["취소 완료", "Cancelled"],
  returned: ["반품 완료", "Returned"],
  cancellation: ["취소", "Cancellation"],
  return: ["반품", "Return"],
  exchange: ["교환", "Exchange"],
  service: ["A/S", "Service"],
  "changed-mind": ["단순 변심", "Changed my mind"],
  defect: ["불량", "Defect"],
  damaged: ["파손", "Damaged"],
  "wrong-item": ["오배송", "Wrong item"],
  "missing-part": ["구성품 누락", "Missing part"],
  "claim-by": ["접수", "opened by"],
  "claim-open": ["처리 중", "open"],
  "claim-closed": ["종결", "closed"],
  seller: ["판매자", "Seller"],
  ordered: ["주문일시", "Ordered"],
  quantity: ["수량", "Quantity"],
  "buyer.id": ["구매자 아이디", "Buyer's id"],
  "buyer.name": ["구매자", "Buyer"],
  "buyer.phone": ["구매자 전화", "Buyer's phone"],
  "buyer.email": ["이메일", "E-mail"],
  "recipient.name": ["수취인", "Recipient"],
  "recipient.company": ["회사", "Company"],
  "recipient.phone": ["수취인 전화", "Recipient's phone"],
  "recipient.postcode": ["우편번호", "Postcode"],
  "recipient.address": ["주소", "Address"],
  "recipient.customsCode": ["개인통관고유부호", "Customs code"],
  memo: ["배송 메모", "Delivery memo"],
  engraving: ["각인 문구", "Engraving"],
  withheld: ["비공개", "withheld"],
  "why-not-paid": [
    "결제 전이라 가려집니다. 결제가 끝나면 볼 수 있습니다.",
    "Masked: not paid yet. Shown once the buyer has paid.",
  ],
  "why-purpose-ended": [
    "거래가 끝나 가려집니다. 구매자나 운영자가 클레임을 접수하면 필요한 항목을 볼 수 있습니다.",
    "Masked: the purchase has ended. A claim opened by the buyer or the operator shows what it needs.",
  ],
  "why-role-lacks-field": [
    "담당자 권한에 없는 항목은 가려집니다. 대표 관리자에게 권한을 요청하세요.",
    "Masked: your role does not include these fields. Ask the owner of the shop.",
  ],
  "why-claim-second-factor": [
    "클레임에 필요한 항목을 보려면 추가 인증을 다시 해 주세요.",
    "Masked: confirm the second factor again to see what the claim needs.",
  ],
  "why-facts-unreadable": [
    "주문 상태를 확인할 수 없어 가려집니다.",
    "Masked: the state of the order cannot be read.",
  ],
  "why-until": ["까지 볼 수 있습니다", "is when this closes again"],
  prepare: ["상품 준비", "Prepare"],
  ship: ["발송 처리", "Ship"],
  deliver: ["배송 완료 처리", "Mark delivered"],
  "confirm-purchase": ["구매확정", "Confirm purchase"],
  "open-claim": ["클레임 접수", "Open a claim"],
  "close-claim": ["클레임 종결", "Close the claim"],
  "claim-type": ["유형", "Type"],
  "claim-reason": ["사유", "Reason"],
  previous: ["이전", "Previous"],
  next: ["다음", "Next"],
  total: ["전체", "of"],
  nothing: ["없습니다.", "Nothing here."],
  "no-answer": ["서버에 연결할 수 없습니다.", "The server does not answer."],
};

/** What was chosen here or on the privacy pages: they keep it in the same place. */
const [, chosen] = /(?:^|; )garim-language=(ko|en)(?:;|$)/.exec(document.cookie) ?? [];

/** The language of the pages: the one that was chosen, else the browser's; Korean unless it prefers English. */
export const language = chosen ?? (navigator.language.startsWith("en") ? "en" : "ko");

document.documentElement.lang = language;

export function hasWord(key) {
  return Object.hasOwn(WORDS, key);
}

/** The word of a key; the key itself where there is none, such as an order's free state. */
export function word(key) {
  return hasWord(key) ? WORDS[key][language === "ko" ? 0 : 1] : key;
}

/** Why the visitor was sent to this page, where the address says a reason there are words for. */
export function reasonWord() {
  const key = `reason-${new URLSearchParams(location.search).get("reason")}`;
  return hasWord(key) ? word(key) : undefined;
}

export function switchLanguage() {
  const other = language === "ko" ? "en" : "ko";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser; it holds a language and nothing else
  document.cookie = `garim-language=${other}; Path=/; Max-Age=31536000; SameSite=Lax`;
  location.reload();
}

/** A moment in Korean time, whatever the browser's own zone is. */
export function moment(value) {
  if (value === null || value === undefined) return "";
  const options = { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Seoul" };
  return new Intl.DateTimeFormat(language, options).format(new Date(value));
}

/** An amount in won. */
export function won(amount) {
  return new Intl.NumberFormat(language, { style: "currency", currency: "KRW" }).format(amount);
}
