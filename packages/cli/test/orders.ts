/** A made-up order. Whatever is below `personal` must not leave unmasked. */
export interface Order {
  readonly orderNo: string;
  readonly sellerId: string;
  readonly status: string;
  readonly amount: number;
  readonly title: string;
  readonly paidAt: string;
  readonly confirmedAt: string;
  readonly personal: {
    readonly buyerId: string;
    readonly buyerName: string;
    readonly buyerPhone: string;
    readonly email: string;
    readonly receiver: string;
    readonly phone: string;
    readonly postcode: string;
    readonly address: string;
    readonly detail: string;
    readonly customs: string;
    readonly memo: string;
    readonly birth: string;
    readonly account: string;
  };
}

const NAMES = ["김하늘", "박서준", "이도윤", "최가람", "정아라"];
const BUYERS = ["조민재", "윤해솔", "장나래", "임다온", "한겨레"];

/** Five made-up orders, no value twice. */
export const ORDERS: readonly Order[] = NAMES.map((receiver, i) => ({
  orderNo: `2026112200000${i}`,
  sellerId: `S${i}`,
  status: ["PAID", "SHIPPED"][i % 2] ?? "",
  amount: 12_900 + i,
  title: `딸기잼 ${i + 1}병`,
  paidAt: `2026-10-0${i + 1}T10:00:00+09:00`,
  confirmedAt: `2026-10-1${i}T10:00:00+09:00`,
  personal: {
    buyerId: `wqbuyer${i}x`,
    buyerName: BUYERS[i] ?? "",
    buyerPhone: `010-91${i}3-445${i}`,
    email: `wqcanary${i}@example.com`,
    receiver,
    phone: `0109${i}7366${i}2`,
    postcode: `9173${i}`,
    address: `서울특별시 강남구 카나리로 ${i + 7}길 1${i}`,
    detail: `91${i}동 173${i}호`,
    customs: `P91739173917${i}`,
    memo:
      [
        "문 앞에 놓아 주세요",
        "벨 누르지 마세요",
        "경비실에 맡겨 주세요",
        "공동현관 #9173*",
        "빨리 부탁드려요",
      ][i] ?? "",
    birth: `198${i}-0${i + 1}-17`,
    account: `110-91${i}-73917${i}`,
  },
}));

/** One answer of orders, as a house writes it. */
export type Style = (orders: readonly Order[]) => unknown;

/** How Korean shops name the members of an order. */
export const STYLES: Readonly<Record<string, Style>> = {
  "flat snake_case": (orders) =>
    orders.map(({ personal: p, ...o }) => ({
      order_no: o.orderNo,
      seller_id: o.sellerId,
      order_status: o.status,
      total_price: o.amount,
      product_name: o.title,
      paid_at: o.paidAt,
      purchase_confirmed_at: o.confirmedAt,
      buyer_id: p.buyerId,
      buyer_name: p.buyerName,
      buyer_mobile: p.buyerPhone,
      buyer_email: p.email,
      receiver_name: p.receiver,
      receiver_tel: p.phone,
      zip_code: p.postcode,
      address_line1: p.address,
      address_line2: p.detail,
      pccc: p.customs,
      delivery_message: p.memo,
      birth_date: p.birth,
      refund_account_no: p.account,
    })),
  "nested camelCase in an envelope": (orders) => ({
    code: "0000",
    message: "ok",
    data: {
      totalCount: orders.length,
      contents: orders.map(({ personal: p, ...o }) => ({
        orderNo: o.orderNo,
        seller: { id: o.sellerId, name: "가림상점" },
        payment: { amount: o.amount, paidAt: o.paidAt, refundAccount: p.account },
        status: o.status,
        items: [{ name: o.title, quantity: 1 }],
        confirmedAt: o.confirmedAt,
        buyer: { id: p.buyerId, name: p.buyerName, contact: p.buyerPhone, email: p.email, birthday: p.birth },
        recipient: {
          name: p.receiver,
          phone: p.phone,
          postcode: p.postcode,
          address: { base: p.address, detail: p.detail },
          customsNo: p.customs,
        },
        deliveryMemo: p.memo,
      })),
    },
  }),
  "Korean members": (orders) => ({
    주문목록: orders.map(({ personal: p, ...o }) => ({
      주문번호: o.orderNo,
      판매자번호: o.sellerId,
      주문상태: o.status,
      결제금액: o.amount,
      상품명: o.title,
      결제일시: o.paidAt,
      구매확정일시: o.confirmedAt,
      구매자아이디: p.buyerId,
      구매자명: p.buyerName,
      구매자연락처: p.buyerPhone,
      이메일: p.email,
      수취인명: p.receiver,
      수취인휴대폰번호: p.phone,
      우편번호: p.postcode,
      배송지주소: p.address,
      상세주소: p.detail,
      개인통관고유부호: p.customs,
      배송메시지: p.memo,
      생년월일: p.birth,
      환불계좌번호: p.account,
    })),
  }),
  "Korean members with spaces, nested": (orders) => ({
    결과: orders.map(({ personal: p, ...o }) => ({
      "주문 번호": o.orderNo,
      "판매자 ID": o.sellerId,
      상품: { 이름: o.title, 가격: o.amount },
      "결제 일시": o.paidAt,
      "구매 확정일": o.confirmedAt,
      "주문하신 분": {
        회원번호: p.buyerId,
        성함: p.buyerName,
        전화: p.buyerPhone,
        메일: p.email,
        생일: p.birth,
      },
      "받는 분": {
        성함: p.receiver,
        휴대전화: p.phone,
        우편번호: p.postcode,
        주소: p.address,
        나머지주소: p.detail,
      },
      통관번호: p.customs,
      "요청 사항": p.memo,
      "환불 계좌": p.account,
    })),
  }),
  "short forms of older systems": (orders) => ({
    RESULT_CD: "00",
    LIST: orders.map(({ personal: p, ...o }) => ({
      ORD_NO: o.orderNo,
      SELR_ID: o.sellerId,
      ORD_STAT_CD: o.status,
      PAY_AMT: o.amount,
      GOODS_NM: o.title,
      PAY_DTTM: o.paidAt,
      CNFRM_DTTM: o.confirmedAt,
      CUST_NO: p.buyerId,
      ORDR_NM: p.buyerName,
      ORDR_HP_NO: p.buyerPhone,
      EML_ADDR: p.email,
      RCVR_NM: p.receiver,
      RCVR_TELNO: p.phone,
      POST_NO: p.postcode,
      RCVR_ADDR1: p.address,
      RCVR_ADDR2: p.detail,
      PCCC_NO: p.customs,
      DLV_MSG: p.memo,
      BRDT: p.birth,
      RFND_ACNT_NO: p.account,
    })),
  }),
  "words written together": (orders) =>
    orders.map(({ personal: p, ...o }) => ({
      ordno: o.orderNo,
      sellerid: o.sellerId,
      goodsnm: o.title,
      payamt: o.amount,
      paydt: o.paidAt,
      confirmdt: o.confirmedAt,
      memberid: p.buyerId,
      buyernm: p.buyerName,
      buyerhp: p.buyerPhone,
      buyeremail: p.email,
      rcvrnm: p.receiver,
      rcvrhpno: p.phone,
      zipno: p.postcode,
      addr1: p.address,
      addr2: p.detail,
      customsno: p.customs,
      dlvmemo: p.memo,
      birthdt: p.birth,
      acctno: p.account,
    })),
  "PascalCase, one record": ([order]) => {
    const { personal: p, ...o } = order as Order;
    return {
      OrderNumber: o.orderNo,
      VendorId: o.sellerId,
      Lines: [{ ProductTitle: o.title, UnitPrice: o.amount }],
      PaidDate: o.paidAt,
      ConfirmedDate: o.confirmedAt,
      Customer: {
        CustomerId: p.buyerId,
        FullName: p.buyerName,
        MobileNo: p.buyerPhone,
        EMail: p.email,
        DateOfBirth: p.birth,
      },
      ShipTo: {
        FirstName: p.receiver,
        Tel: p.phone,
        PostalCode: p.postcode,
        Street: p.address,
        AddressLine2: p.detail,
      },
      CustomsClearanceNo: p.customs,
      ShippingNote: p.memo,
      BankAccount: p.account,
    };
  },
  "names that say nothing": (orders) =>
    orders.map(({ personal: p, ...o }) => ({
      a1: o.orderNo,
      b: o.status,
      c: p.buyerId,
      d: p.buyerName,
      e: p.buyerPhone,
      f: p.email,
      g: p.receiver,
      h: p.phone,
      i: p.postcode,
      j: p.address,
      k: p.detail,
      l: p.customs,
      m: p.memo,
      n: p.birth,
      o: p.account,
    })),
  "names that lie": (orders) =>
    orders.map(({ personal: p, ...o }) => ({
      orderNo: o.orderNo,
      optionCode: p.buyerPhone,
      imageUrl: p.email,
      productName: p.address,
      couponCount: p.phone,
      statusType: p.customs,
      trackingNo: p.memo,
      companyName: p.account,
      isGift: p.receiver,
      amount: Number(p.phone),
      price: p.buyerName,
      createdAt: p.detail,
    })),
};

/** The texts of an order that no answer may hold after its purpose has ended, in the forms they may travel in. */
export function personalTexts(orders: readonly Order[]): readonly string[] {
  return orders
    .flatMap(({ personal }) => Object.values(personal))
    .flatMap((text) => [text, text.replaceAll("-", ""), text.replace(/^(?:서울특별시 강남구|0) ?/, "")]);
}
