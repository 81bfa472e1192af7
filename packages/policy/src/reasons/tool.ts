import { type ReasonEntry, reason } from "./entry.ts";

/** The code of a reason about seller tools (셀러툴). */
export type ToolReason =
  | "granted"
  | "grant-missing"
  | "grant-revoked"
  | "grant-ended"
  | "grant-other-seller"
  | "grant-purpose"
  | "grant-lacks-field"
  | "grant-lacks-state"
  | "contract-missing"
  | "contract-ended"
  | "token-invalid"
  | "token-expired"
  | "token-not-yet-valid"
  | "token-other-use"
  | "token-revoked"
  | "token-missing"
  | "token-not-issued"
  | "token-unbound"
  | "proof-missing"
  | "proof-invalid"
  | "proof-other-request"
  | "proof-stale"
  | "proof-nonce"
  | "proof-replayed"
  | "proof-other-key"
  | "certificate-other"
  | "scope-missing"
  | "tool-unknown"
  | "tool-unproven"
  | "code-void"
  | "request-invalid"
  | "tool-not-approved"
  | "tool-suspended"
  | "tool-address"
  | "tool-not-here"
  | "order-not-named"
  | "cursor-void"
  | "receipt-not-owed"
  | "budget-requests"
  | "budget-subjects"
  | "seller-made-up"
  | "sequential-ids"
  | "off-hours"
  | "canary-read";

/** Why a seller's tool gets data, or does not. */
export const TOOL_REASONS: Readonly<Record<ToolReason, ReasonEntry>> = Object.freeze({
  granted: reason("code-2022/tool", {
    ko: "판매자가 연동에 동의한 범위에서 제공합니다.",
    en: "Given within what the seller granted to the tool.",
  }),
  "grant-missing": reason(
    "code-2022/tool",
    {
      ko: "판매자가 이 셀러툴에 연동을 동의하지 않았습니다.",
      en: "The seller has granted this tool nothing.",
    },
    { ko: "판매자에게 연동 동의를 요청해 주세요.", en: "Ask the seller for a grant." },
  ),
  "grant-revoked": reason(
    "code-2022/tool",
    { ko: "판매자가 연동 동의를 철회했습니다.", en: "The seller revoked the grant." },
    { ko: "판매자에게 연동 동의를 다시 요청해 주세요.", en: "Ask the seller for a new grant." },
  ),
  "grant-ended": reason(
    "toolcode-2022/grant",
    { ko: "연동 동의 기간이 끝났습니다.", en: "The grant has ended." },
    { ko: "판매자에게 연동 동의를 다시 요청해 주세요.", en: "Ask the seller for a new grant." },
  ),
  "grant-other-seller": reason("code-2022/tool", {
    ko: "다른 판매자의 자료입니다.",
    en: "This belongs to a seller the grant does not cover.",
  }),
  "grant-purpose": reason(
    "pipa/26",
    { ko: "동의받은 목적이 아닙니다.", en: "The grant does not cover this purpose." },
    { ko: "판매자에게 이 목적의 연동 동의를 요청해 주세요.", en: "Ask the seller to grant this purpose." },
  ),
  "grant-lacks-field": reason(
    "toolcode-2022/grant",
    { ko: "연동 동의에 없는 항목이라 가려집니다.", en: "Masked: the grant does not include this field." },
    { ko: "판매자에게 이 항목의 연동 동의를 요청해 주세요.", en: "Ask the seller to grant this field." },
  ),
  "grant-lacks-state": reason(
    "toolcode-2022/grant",
    {
      ko: "연동 동의에 없는 주문 상태라 가려집니다.",
      en: "Masked: the grant does not cover orders in this state.",
    },
    {
      ko: "판매자에게 이 주문 상태의 연동 동의를 요청해 주세요.",
      en: "Ask the seller to grant this state of orders.",
    },
  ),
  "contract-missing": reason(
    "pipa/26",
    {
      ko: "위탁 계약이나 API 이용 계약이 없습니다.",
      en: "There is no outsourcing contract or API agreement on file.",
    },
    { ko: "계약을 등록해 주세요.", en: "Put the contract on file." },
  ),
  "contract-ended": reason(
    "pipa/26",
    {
      ko: "위탁 계약이나 API 이용 계약이 끝났습니다.",
      en: "The outsourcing contract or API agreement has ended.",
    },
    { ko: "계약을 갱신하여 등록해 주세요.", en: "Renew the contract and put it on file." },
  ),
  "token-invalid": reason(
    "code-2022/tool",
    { ko: "접근 토큰이 올바르지 않습니다.", en: "The access token is not valid." },
    { ko: "새 접근 토큰을 발급받아 주세요.", en: "Get a new access token." },
  ),
  "token-expired": reason(
    "code-2022/tool",
    { ko: "접근 토큰이 만료되었습니다.", en: "The access token has expired." },
    { ko: "새 접근 토큰을 발급받아 주세요.", en: "Get a new access token." },
  ),
  "token-not-yet-valid": reason(
    "code-2022/tool",
    { ko: "접근 토큰을 쓸 수 있는 시각이 아직 되지 않았습니다.", en: "The access token is not valid yet." },
    { ko: "잠시 뒤 다시 시도해 주세요.", en: "Try again in a moment." },
  ),
  "token-other-use": reason(
    "code-2022/tool",
    {
      ko: "다른 용도나 다른 서비스에 쓰도록 발급된 토큰입니다.",
      en: "The token was issued for another use, or for another service.",
    },
    { ko: "이 API에 쓸 접근 토큰을 발급받아 주세요.", en: "Get an access token for this API." },
  ),
  "token-revoked": reason(
    "code-2022/tool",
    {
      ko: "취소되었거나 발급 기록이 없는 접근 토큰입니다.",
      en: "The access token was revoked, or its issue is not on record.",
    },
    { ko: "새 접근 토큰을 발급받아 주세요.", en: "Get a new access token." },
  ),
  "token-missing": reason(
    "code-2022/tool",
    { ko: "접근 토큰이 없습니다.", en: "There is no access token." },
    {
      ko: "Authorization 헤더에 접근 토큰을 담아 요청해 주세요.",
      en: "Send an access token in the header Authorization.",
    },
  ),
  "token-unbound": reason(
    "code-2022/tool",
    {
      ko: "셀러툴의 키나 인증서에 묶이지 않은 접근 토큰입니다.",
      en: "The access token is bound to no key or certificate of the tool.",
    },
    {
      ko: "DPoP 또는 인증서에 묶인 접근 토큰을 발급받아 주세요.",
      en: "Get an access token that is bound by DPoP or to a certificate.",
    },
  ),
  "proof-missing": reason(
    "code-2022/tool",
    {
      ko: "이 접근 토큰에 필요한 DPoP 증명이 없습니다.",
      en: "The DPoP proof this access token needs is missing.",
    },
    {
      ko: "Authorization: DPoP 와 DPoP 헤더를 함께 보내 주세요.",
      en: "Send Authorization: DPoP together with the header DPoP.",
    },
  ),
  "proof-invalid": reason(
    "code-2022/tool",
    { ko: "DPoP 증명이 올바르지 않습니다.", en: "The DPoP proof is not valid." },
    { ko: "RFC 9449에 따라 증명을 만들어 주세요.", en: "Make the proof as RFC 9449 says." },
  ),
  "proof-other-request": reason(
    "code-2022/tool",
    {
      ko: "다른 요청이나 다른 접근 토큰으로 만든 DPoP 증명입니다.",
      en: "The DPoP proof was made for another request or another access token.",
    },
    {
      ko: "요청마다 htm, htu, ath 를 맞추어 증명을 새로 만들어 주세요.",
      en: "Make a proof for each request, with its htm, htu and ath.",
    },
  ),
  "proof-stale": reason(
    "code-2022/tool",
    {
      ko: "DPoP 증명을 만든 시각이 지금과 너무 다릅니다.",
      en: "The DPoP proof was made too long ago, or too far ahead.",
    },
    {
      ko: "서버 시각을 맞추고 증명을 새로 만들어 주세요.",
      en: "Set your clock, and make a new proof.",
    },
  ),
  "proof-nonce": reason(
    "code-2022/tool",
    { ko: "DPoP 증명에 서버의 nonce가 필요합니다.", en: "The DPoP proof needs a nonce of this server." },
    {
      ko: "DPoP-Nonce 헤더의 값을 nonce로 담아 다시 요청해 주세요.",
      en: "Ask again with the value of the header DPoP-Nonce as nonce.",
    },
  ),
  "proof-replayed": reason(
    "code-2022/tool",
    { ko: "이미 사용한 DPoP 증명입니다.", en: "The DPoP proof was used before." },
    { ko: "요청마다 증명을 새로 만들어 주세요.", en: "Make a new proof for each request." },
  ),
  "proof-other-key": reason(
    "code-2022/tool",
    {
      ko: "접근 토큰이 묶인 키가 아닌 다른 키로 만든 DPoP 증명입니다.",
      en: "The DPoP proof is of another key than the access token is bound to.",
    },
    {
      ko: "토큰을 받을 때 쓴 키로 증명을 만들어 주세요.",
      en: "Make the proof with the key the token was issued to.",
    },
  ),
  "certificate-other": reason(
    "code-2022/tool",
    {
      ko: "접근 토큰이 묶인 인증서로 연결하지 않았습니다.",
      en: "The connection does not have the certificate the access token is bound to.",
    },
    {
      ko: "토큰을 받을 때 쓴 인증서로 연결해 주세요.",
      en: "Connect with the certificate the token was issued to.",
    },
  ),
  "scope-missing": reason(
    "code-2022/tool",
    {
      ko: "접근 토큰에 이 요청의 권한 범위가 없습니다.",
      en: "The access token lacks the scope of this request.",
    },
    {
      ko: "필요한 scope로 접근 토큰을 발급받아 주세요.",
      en: "Get an access token with the scope that is named.",
    },
  ),
  "tool-unknown": reason(
    "code-2022/tool",
    { ko: "등록되지 않은 셀러툴입니다.", en: "The tool is not registered." },
    { ko: "셀러툴 등록을 신청해 주세요.", en: "Apply for registration." },
  ),
  "tool-unproven": reason(
    "code-2022/tool",
    {
      ko: "등록되지 않은 셀러툴이거나, 그 셀러툴임을 증명하지 못했습니다.",
      en: "The tool is not registered, or did not prove that it is itself.",
    },
    {
      ko: "client_id, 서명 키와 kid, aud(issuer), exp, 한 번만 쓴 jti를 확인해 주세요.",
      en: "Check client_id, the key and its kid, aud (the issuer), exp, and that each jti is used once.",
    },
  ),
  "code-void": reason(
    "code-2022/tool",
    {
      ko: "인가 코드, 재발급 토큰이나 DPoP 증명이 이미 쓰였거나, 끝났거나, 이 셀러툴의 것이 아닙니다.",
      en: "The code, refresh token or proof was used before, has ended, or is not this tool's.",
    },
    {
      ko: "증명을 새로 만들어 다시 요청하고, 그래도 안 되면 판매자에게 다시 연동을 요청해 주세요.",
      en: "Ask again with a new proof; where that is refused, too, have the seller connect again.",
    },
  ),
  "request-invalid": reason(
    "garim/closed",
    {
      ko: "요청의 형식이나 값이 맞지 않습니다.",
      en: "The request is not of the form, or has values, that are taken here.",
    },
    {
      ko: "error_description 을 보고 openapi.json 에 맞추어 다시 요청해 주세요.",
      en: "Read error_description, and ask again as openapi.json says.",
    },
  ),
  "tool-not-approved": reason(
    "code-2022/tool",
    { ko: "아직 승인되지 않은 셀러툴입니다.", en: "The tool is not approved yet." },
    { ko: "마켓플레이스의 승인을 기다려 주세요.", en: "Wait for the marketplace's approval." },
  ),
  "tool-suspended": reason(
    "code-2022/tool",
    { ko: "이용이 정지된 셀러툴입니다.", en: "The tool is suspended." },
    { ko: "마켓플레이스에 문의해 주세요.", en: "Ask the marketplace." },
  ),
  "tool-address": reason(
    "pipa/29",
    {
      ko: "셀러툴이 등록한 주소가 아닌 곳에서 온 요청입니다.",
      en: "The request comes from an address the tool has not registered.",
    },
    { ko: "이 주소를 등록해 주세요.", en: "Register the address." },
  ),
  "tool-not-here": reason("garim/closed", {
    ko: "셀러툴에 열려 있지 않은 요청입니다.",
    en: "This request is not open to tools.",
  }),
  "order-not-named": reason(
    "code-2022/tool",
    {
      ko: "접근 토큰이 지정한 주문이 아니라 제공하지 않습니다.",
      en: "Withheld: the access token names other orders.",
    },
    {
      ko: "이 주문을 지정한 접근 토큰을 발급받아 주세요.",
      en: "Get an access token that names this order.",
    },
  ),
  "cursor-void": reason(
    "garim/closed",
    { ko: "이 조회에 쓸 수 없는 커서입니다.", en: "The cursor is not one of this question." },
    { ko: "처음부터 다시 조회해 주세요.", en: "Start again without a cursor." },
  ),
  "receipt-not-owed": reason("pipa/26", {
    ko: "이 셀러툴이 파기를 확인해야 할 주문이 남아 있지 않습니다.",
    en: "The tool owes no receipt: nothing it read is still to be destroyed.",
  }),
  "budget-requests": reason(
    "pipa/29",
    {
      ko: "정해진 시간에 허용된 요청 수를 넘었습니다.",
      en: "More requests came than the budget of this time allows.",
    },
    {
      ko: "Retry-After 가 지난 뒤 다시 시도해 주세요.",
      en: "Try again after the seconds in Retry-After.",
    },
  ),
  "budget-subjects": reason(
    "pipa/29",
    {
      ko: "정해진 시간에 조회할 수 있는 정보주체 수를 넘었습니다.",
      en: "More data subjects were read than the budget of this time allows.",
    },
    {
      ko: "Retry-After 가 지난 뒤 다시 시도해 주세요.",
      en: "Try again after the seconds in Retry-After.",
    },
  ),
  "token-not-issued": reason(
    "network-act/intrusion",
    {
      ko: "발급 기록이 없는 접근 토큰입니다.",
      en: "The access token was never issued here, or was revoked.",
    },
    { ko: "새 접근 토큰을 발급받아 주세요.", en: "Get a new access token." },
  ),
  "seller-made-up": reason("code-2022/tool", {
    ko: "가상의 판매자입니다. 시험용 셀러툴만 조회합니다.",
    en: "The seller is made up: only tools in the sandbox read it.",
  }),
  "sequential-ids": reason("network-act/intrusion", {
    ko: "주문번호를 차례로 바꾸어 가며 조회하고 있습니다.",
    en: "Orders are read one by one, by consecutive numbers.",
  }),
  "off-hours": reason("network-act/intrusion", {
    ko: "업무 시간이 아닌 때에 많은 구매자의 개인정보가 조회되었습니다.",
    en: "Many buyers' data was read outside business hours.",
  }),
  "canary-read": reason("network-act/intrusion", {
    ko: "아무도 조회할 이유가 없는 주문이 조회되었습니다.",
    en: "An order that nobody has a reason to read was read.",
  }),
});
