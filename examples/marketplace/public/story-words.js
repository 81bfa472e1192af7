/** Words of the front page and of the demo's authenticator. */
export const STORY_WORDS = {
  "demo-lead": [
    "작은 오픈마켓에 가림을 얹은 데모입니다. 주문과 사람은 모두 지어낸 것입니다. 세 사람의 자리에서 5분이면 전체를 볼 수 있습니다.",
    "A small open market with Garim in front of it. Every order and person is made up. Five minutes in three people's seats show the whole of it.",
  ],
  "demo-password": ["모든 계정의 비밀번호", "Password of every log-in"],
  copy: ["복사", "Copy"],
  copied: ["복사했습니다.", "Copied."],
  "log-in-as": ["로그인:", "Log in as"],
  "all-log-ins": ["모든 데모 계정", "All demo log-ins"],
  "story-staff": ["1. 판매자 담당자", "1. A seller's staff"],
  "story-staff-1": [
    "dasom-owner로 로그인합니다. 비밀번호만으로는 주문이 보이지 않습니다.",
    "Log in as dasom-owner. A password alone shows no order.",
  ],
  "story-staff-2": [
    "인증 앱을 등록합니다. 휴대폰이 없으면 이 데모의 인증 앱에 키를 붙여 넣으세요.",
    "Enrol an authenticator app. Without a phone, paste its key into this demo's own.",
  ],
  "story-staff-3": [
    "발송할 주문은 그대로 보입니다. 상태를 ‘구매확정’으로 골라 찾아보세요: 가려지고, 왜 그런지 말합니다.",
    "Orders to be shipped are clear. Search for the state “Confirmed”: those are masked, and say why.",
  ],
  "story-staff-4": [
    "시크릿 창에서 이 화면을 열고 buyer-1로 dasom의 상품 하나를 구매확정한 다음, 그 주문번호를 주문 목록에서 찾아보세요.",
    "Open this page in a private window, confirm a purchase from dasom as buyer-1, and look its number up in the orders.",
  ],
  "story-tool": ["2. 셀러툴 개발사", "2. A seller tool's integrator"],
  "story-tool-1": [
    "셀러툴을 열고 “판매자 연결하기”를 누릅니다. 비밀번호는 넘기지 않습니다.",
    "Open the seller tool and press “Connect a seller”. No password is handed over.",
  ],
  "story-tool-2": [
    "dasom-owner가 항목과 목적을 보고 동의합니다.",
    "As dasom-owner, read which fields and what for, and agree.",
  ],
  "story-tool-3": [
    "“주문 가져오기”, “송장 출력”: 발송할 주문만 그대로 읽힙니다.",
    "“Sync orders”, then “Print labels”: only what is to be shipped is read clear.",
  ],
  "story-tool-open": ["셀러툴 열기", "Open the seller tool"],
  "story-tool-where": [
    "셀러툴의 주소는 npm start가 터미널에 알려 줍니다.",
    "npm start says in the terminal where the tool is.",
  ],
  "story-auditor": ["3. 점검자", "3. The auditor"],
  "story-auditor-1": [
    "auditor로 로그인하고 인증 앱을 등록합니다. 점검자의 조회도 기록됩니다.",
    "Log in as auditor and enrol. What auditors ask is on record too.",
  ],
  "story-auditor-2": [
    "누가 누구의 정보를 보았는지 찾고, ‘조회’ 기록 하나를 열어 결정의 이유와 증명 파일을 봅니다.",
    "Find who saw whom; open one that says “Viewed” for why it was decided so, and take its proof away.",
  ],
  "story-auditor-3": [
    "‘유출 대응’에서 담당자 dasom-owner가 본 것이 새었다면 어디까지인지 세고, 유출로 적어 통지 기한이 흐르는 것을 봅니다.",
    "Under “Breach desk”, count how far a leak of what dasom-owner saw reaches, and put it on file: the clocks of the law run.",
  ],
  "story-auditor-4": [
    "‘월간 점검’은 지난달을 봅니다. 오늘 연 데모의 지난달은 비어 있어, 시작부터 서명까지 순서만 보입니다.",
    "“Monthly check” is of last month: empty in a demo opened today, it shows the steps from beginning to signature.",
  ],
  authenticator: ["데모 인증 앱", "The demo's authenticator"],
  "authenticator-lead": [
    "휴대폰의 인증 앱이 하는 일을 이 창에서 합니다. 키는 이 창을 닫으면 사라집니다. 실제 계정에는 쓰지 마세요.",
    "Does in this window what an authenticator app does on a phone. The key is gone when the window closes. Not for real accounts.",
  ],
  "authenticator-key": ["등록 화면의 키", "The key on the enrolment page"],
  "authenticator-show": ["인증번호 보기", "Show the code"],
  "authenticator-wrong": [
    "키가 아닙니다. 등록 화면에 보이는 영문과 숫자를 그대로 붙여 넣으세요.",
    "Not a key. Paste the letters and digits as the enrolment page shows them.",
  ],
  "authenticator-code": ["지금 인증번호", "Code now"],
  "authenticator-left": ["초 뒤에 바뀝니다.", "seconds until it changes."],
};
