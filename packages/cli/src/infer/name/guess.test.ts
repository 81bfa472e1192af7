import { describe, expect, it } from "vitest";
import { guessByName } from "./guess.ts";
import { splitName } from "./words.ts";

/** `buyer.name` is the member `name` of `buyer`. */
function guess(path: string): string {
  const names = path.split(".");
  const around = names.slice(0, -1).flatMap(splitName);
  const found = guessByName(splitName(names.at(-1) ?? ""), around);
  return found === undefined ? "nothing" : `${found.declared}${found.isSure ? "" : "?"}`;
}

describe("guessByName", () => {
  it.each([
    ["name", "buyerName rcvr_nm 수취인명 수령인 receiver buyer.name recipient.fullName 예금주 accountHolder"],
    [
      "phone",
      "hp tel mobile buyerPhone RCVR_TELNO hpNo 휴대폰번호 받는사람연락처 buyer.contact cell_phone safeNumber phone_number",
    ],
    ["email", "email e_mail eMail buyerEmail EML_ADDR 이메일주소 email_address"],
    ["postcode", "zip zipCode postNo postal_code 우편번호 recipient.postcode"],
    [
      "address",
      "addr addr1 address_2 수취인주소 배송지 road_addr shippingAddress detailAddress 상세주소 lat",
    ],
    ["customsCode", "pccc customsNo pcccNo 통관번호 개인통관고유부호 customs_clearance_code"],
    ["memo", "memo deliveryMessage DLV_MSG 배송메시지 요청사항 orderRemark 공동현관비밀번호 inquiryContent"],
    ["birth", "birth birthDate dob BRDT 생년월일 birthday_at"],
    ["rrn", "rrn juminNo 주민등록번호 foreignerRrn"],
    ["passport", "passportNo 여권번호"],
    ["card", "cardNo card_number 카드번호"],
    ["account", "accountNo bank_account 환불계좌번호 acctno"],
    ["ip", "ip clientIp ip_address ipAddr"],
    ["userId", "userid loginId 아이디"],
    ["company", "companyName 상호명 sellerName shop_nm 업체명"],
    ["userId?", "buyerId CUST_NO 회원번호 buyer.id customer.key memberSeq"],
    ["name?", "name nm 이름 ordr_nm contactName"],
    ["memo?", "gender age 성별"],
    ["phone?", "phoneVerified telReceiver"],
    [
      "open",
      `orderNo ord_no 주문번호 lineNo sellerId 판매자아이디 trackingNumber 운송장번호 productName goods_nm 상품명 item.sku status
      order_state_cd PAY_METHOD 배송상태 amount totalPrice 결제금액 qty paidAt pay_dttm 결제일시 createdDate useYn isGift hasMemo
      수신여부 imageUrl 은행명 bankCode cardType buyer.orderNo memoCount messageType emailSentAt courier 택배사명`,
    ],
    ["open?", "items.name product.nm seller 상품.이름"],
    ["nothing", "engraving xyz value _ 1"],
  ])("takes for %s: %s", (declared, names) => {
    const guesses = names.split(/\s+/).map((name) => [name, guess(name)]);
    expect(guesses).toEqual(guesses.map(([name]) => [name, declared]));
  });
});
