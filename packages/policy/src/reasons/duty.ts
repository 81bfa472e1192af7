import { type ReasonEntry, reason } from "./entry.ts";

/** The code of a reason about duties that run by the clock. */
export type DutyReason =
  | "record-kept"
  | "record-kept-longer"
  | "rights-kept"
  | "review-due"
  | "reviewer-operates"
  | "purpose-not-ended"
  | "legal-hold"
  | "kept-by-law"
  | "destruction-due"
  | "destruction-unconfirmed"
  | "destroyed"
  | "separation-due"
  | "destroyer-confirms"
  | "schedule-missing"
  | "breach-notify"
  | "breach-possible"
  | "breach-report"
  | "breach-intrusion"
  | "breach-post"
  | "breach-stays-posted"
  | "breach-still-open"
  | "flow-missing"
  | "flow-ended"
  | "flow-contradicted"
  | "provision-incomplete"
  | "outsourcing-incomplete"
  | "overseas-incomplete"
  | "overseas-missing"
  | "education-due"
  | "education-missing"
  | "policy-incomplete"
  | "policy-missing"
  | "text-names-buyer"
  | "text-asks-contact"
  | "text-shows-personal"
  | "text-unreadable";

/** Why something is kept, due or done. */
export const DUTY_REASONS: Readonly<Record<DutyReason, ReasonEntry>> = Object.freeze({
  "record-kept": reason("notice-2026-9/8-1", {
    ko: "보관 기간이 끝나지 않은 접속기록입니다.",
    en: "The access record is still to be kept.",
  }),
  "record-kept-longer": reason("notice-2026-9/8-1", {
    ko: "정보주체 수나 처리 항목 때문에 더 오래 보관하는 접속기록입니다.",
    en: "The access record is kept longer: many data subjects, unique identifiers or sensitive data.",
  }),
  "rights-kept": reason("notice-2026-9/5-3", {
    ko: "보관 기간이 끝나지 않은 권한 내역입니다.",
    en: "The history of rights is still to be kept.",
  }),
  "review-due": reason(
    "notice-2026-9/8-2",
    { ko: "접속기록과 내려받기를 점검할 때입니다.", en: "Access records and downloads are to be reviewed." },
    { ko: "점검하고 결과를 기록해 주세요.", en: "Review them and record the result." },
  ),
  "reviewer-operates": reason(
    "notice-2026-9/8-2",
    {
      ko: "운영 담당자는 자기 업무를 점검할 수 없습니다.",
      en: "Whoever operates the system does not review it.",
    },
    { ko: "운영하지 않는 사람이 점검해 주세요.", en: "Have somebody else review it." },
  ),
  "purpose-not-ended": reason("pipa/17", {
    ko: "이용 목적이 끝나지 않았습니다.",
    en: "The purpose has not ended.",
  }),
  "legal-hold": reason(
    "garim/hold",
    { ko: "보존 요청이 있어 파기하지 않습니다.", en: "Under a legal hold: nothing is destroyed." },
    { ko: "보존 요청이 풀리면 파기할 수 있습니다.", en: "It can be destroyed once the hold is lifted." },
  ),
  "kept-by-law": reason("ecommerce/6", {
    ko: "다른 법령에 따라 따로 보관합니다.",
    en: "Another law has it kept, apart from the rest.",
  }),
  "destruction-due": reason(
    "pipa/21",
    { ko: "목적이 끝나 파기해야 합니다.", en: "The purpose has ended: the data is to be destroyed." },
    { ko: "파기하고 그 내역을 기록해 주세요.", en: "Destroy it and record that." },
  ),
  "destruction-unconfirmed": reason(
    "pipa/21",
    {
      ko: "파기 결과를 개인정보 보호책임자가 확인해야 합니다.",
      en: "The privacy officer has to confirm the destruction.",
    },
    { ko: "결과를 확인하고 기록해 주세요.", en: "Confirm the result and record that." },
  ),
  destroyed: reason("pipa/21", { ko: "파기와 확인이 끝났습니다.", en: "Destroyed and confirmed." }),
  "separation-due": reason(
    "pipa/21",
    {
      ko: "목적이 끝났고 다른 법령이 보관하게 하므로, 사용 중인 정보에서 따로 옮겨야 합니다.",
      en: "The purpose has ended and another law has it kept: it is to be stored apart from data in use.",
    },
    { ko: "따로 옮기고 나머지는 파기해 주세요.", en: "Store it apart and destroy the rest." },
  ),
  "destroyer-confirms": reason(
    "pipa/21",
    {
      ko: "파기한 사람은 그 결과를 확인할 수 없습니다.",
      en: "Whoever destroyed does not confirm the result.",
    },
    {
      ko: "개인정보 보호책임자 등 다른 사람이 확인해 주세요.",
      en: "Have the privacy officer, or somebody else, confirm it.",
    },
  ),
  "schedule-missing": reason(
    "pipa/21",
    {
      ko: "이 종류의 기록에 보유 기간과 파기 방법이 등록되지 않아 볼 수 없습니다.",
      en: "No retention schedule is on file for this kind of record, so it is not shown.",
    },
    {
      ko: "보유 기간과 파기 방법을 등록해 주세요.",
      en: "Put its retention schedule on file.",
    },
  ),
  "breach-notify": reason(
    "pipa/34-1",
    { ko: "정보주체 모두에게 유출을 알려야 합니다.", en: "Each data subject has to be told of the leak." },
    {
      ko: "아는 것부터 알리고 나머지는 이어서 알려 주세요.",
      en: "Tell what is known first, and the rest as it comes.",
    },
  ),
  "breach-possible": reason(
    "pipa/34-2",
    {
      ko: "유출되었을 수 있음을 정보주체에게 알려야 합니다.",
      en: "The data subjects have to be told of the possible leak.",
    },
    {
      ko: "아는 것부터 알리고 나머지는 이어서 알려 주세요.",
      en: "Tell what is known first, and the rest as it comes.",
    },
  ),
  "breach-report": reason(
    "pipa-decree/40",
    {
      ko: "개인정보보호위원회나 한국인터넷진흥원에 신고해야 합니다.",
      en: "The leak has to be reported to the PIPC or KISA.",
    },
    {
      ko: "아는 것부터 신고하고 나머지는 이어서 신고해 주세요.",
      en: "Report what is known first, and the rest as it comes.",
    },
  ),
  "breach-intrusion": reason(
    "network-act/intrusion",
    { ko: "침해사고를 한국인터넷진흥원에 신고해야 합니다.", en: "The intrusion has to be reported to KISA." },
    { ko: "바로 신고해 주세요.", en: "Report it at once." },
  ),
  "breach-post": reason(
    "pipa-decree/39",
    {
      ko: "연락처를 모르는 정보주체를 위해 홈페이지에 게시해야 합니다.",
      en: "For those without contact data it has to be posted on the site.",
    },
    { ko: "홈페이지에 게시해 주세요.", en: "Post it on the site." },
  ),
  "breach-stays-posted": reason(
    "pipa-decree/39",
    {
      ko: "유출 안내문의 게시 기간이 끝나지 않았습니다.",
      en: "The notice of a leak is still to stay posted.",
    },
    { ko: "기간이 끝난 뒤에 내려 주세요.", en: "Take it down once that time is over." },
  ),
  "breach-still-open": reason(
    "pipa/34-1",
    {
      ko: "유출 대응에 하지 않은 일이 남아 있어 마칠 수 없습니다.",
      en: "Something about the leak is still to be done, so it is not closed.",
    },
    { ko: "남은 조치와 점검을 마쳐 주세요.", en: "Do the steps and checks that are left." },
  ),
  "flow-missing": reason(
    "pipa/17",
    {
      ko: "개인정보를 보내는 근거가 등록되지 않았습니다.",
      en: "Nothing on file says why buyers' data goes here.",
    },
    {
      ko: "운영자가 제3자 제공 또는 위탁 내역을 등록해야 합니다.",
      en: "Have the marketplace's operator register the provision or the outsourcing.",
    },
  ),
  "flow-ended": reason(
    "pipa/17",
    {
      ko: "등록된 제공·위탁 기간이 아닙니다.",
      en: "What is on file has not begun, or has ended.",
    },
    { ko: "운영자가 기간을 새로 등록해야 합니다.", en: "Have the marketplace's operator renew the entry." },
  ),
  "flow-contradicted": reason(
    "pipa/26",
    {
      ko: "등록한 구분이 근거와 맞지 않습니다. 누구의 업무이고 누가 지시하는지에 따라 제공과 위탁이 나뉩니다.",
      en: "The entry's choice contradicts its evidence: whose business it is, and who directs it.",
    },
    {
      ko: "제3자 제공인지 위탁인지 다시 정해 주세요.",
      en: "Decide again whether it is provision or outsourcing.",
    },
  ),
  "provision-incomplete": reason(
    "pipa/17",
    {
      ko: "제3자 제공 내역에 빠진 항목이 있습니다.",
      en: "The entry of this provision to a third party lacks something.",
    },
    { ko: "빠진 항목을 채워 주세요.", en: "Fill in what it lacks." },
  ),
  "outsourcing-incomplete": reason(
    "pipa/26",
    { ko: "위탁 내역에 빠진 항목이 있습니다.", en: "The entry of this outsourcing lacks something." },
    { ko: "빠진 항목을 채워 주세요.", en: "Fill in what it lacks." },
  ),
  "overseas-incomplete": reason(
    "pipa/28-8",
    {
      ko: "국외 이전 내역에 빠진 항목이 있습니다.",
      en: "The entry of this transfer overseas lacks something.",
    },
    { ko: "빠진 항목을 채워 주세요.", en: "Fill in what it lacks." },
  ),
  "overseas-missing": reason(
    "pipa/28-8",
    {
      ko: "국외로 이전되는데 국외 이전 내역이 등록되지 않았습니다.",
      en: "Data would leave the country, and no transfer overseas is on file.",
    },
    { ko: "국외 이전 내역을 등록해 주세요.", en: "Register the transfer overseas." },
  ),
  "education-due": reason(
    "code-2022/education",
    { ko: "개인정보 보호 교육을 받을 때입니다.", en: "The course on personal data is to be completed." },
    { ko: "교육을 이수해 주세요.", en: "Complete the course." },
  ),
  "education-missing": reason(
    "code-2022/education",
    {
      ko: "기한이 지난 개인정보 보호 교육이 있어 구매자 정보를 볼 수 없습니다.",
      en: "A course on personal data is overdue, so buyers' data is not shown.",
    },
    { ko: "교육을 먼저 이수해 주세요.", en: "Complete the course first." },
  ),
  "policy-incomplete": reason(
    "code-2022/privacy-policy",
    {
      ko: "처리방침에 빠진 내용이 있어 공개할 수 없습니다.",
      en: "The privacy policy lacks something, so it is not published.",
    },
    { ko: "빠진 내용을 채워 주세요.", en: "Fill in what it lacks." },
  ),
  "policy-missing": reason(
    "code-2022/privacy-policy",
    {
      ko: "판매자의 개인정보 처리방침이 공개되지 않아 구매자 정보를 볼 수 없습니다.",
      en: "The seller has published no privacy policy, so buyers' data is not shown.",
    },
    { ko: "처리방침을 먼저 공개해 주세요.", en: "Publish it first." },
  ),
  "text-names-buyer": reason(
    "pipa/29",
    { ko: "글에 구매자의 이름이 있어 보류했습니다.", en: "Held: the text names the buyer." },
    { ko: "이름 대신 '고객님'이라고 써 주세요.", en: 'Write "customer" instead of the name.' },
  ),
  "text-asks-contact": reason(
    "pipa/29",
    { ko: "글에서 연락처 등 개인정보를 물어 보류했습니다.", en: "Held: the text asks for contact data." },
    {
      ko: "공개된 글에서 묻지 말고 주문 정보의 연락처로 연락해 주세요.",
      en: "Do not ask in public: use the contact data of the order.",
    },
  ),
  "text-shows-personal": reason(
    "pipa/29",
    { ko: "글에 개인정보가 있어 보류했습니다.", en: "Held: the text shows personal data." },
    { ko: "개인정보를 빼고 다시 올려 주세요.", en: "Leave the personal data out." },
  ),
  "text-unreadable": reason(
    "pipa/29",
    { ko: "글을 확인할 수 없어 보류했습니다.", en: "Held: the text could not be looked at." },
    { ko: "2만 자 이내의 글로 다시 올려 주세요.", en: "Post it as a text of at most 20,000 characters." },
  ),
});
