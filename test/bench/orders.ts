import { open, pii, type RecordSchema, schema } from "@garim/masking";
import { subject } from "@garim/policy";

/** A Korean marketplace's order as a database driver gives it: 29 members, 1 to 3 items, about 1.1 kB of UTF-8. */
export interface Order {
  readonly orderNo: string;
  readonly sellerId: string;
  readonly channel: string;
  readonly status: string;
  readonly orderedAt: string;
  readonly paidAt: string;
  readonly confirmedAt: string | null;
  readonly payMethod: string;
  readonly productAmount: number;
  readonly shippingFee: number;
  readonly discountAmount: number;
  readonly payAmount: number;
  readonly buyerId: string;
  readonly buyerName: string;
  readonly buyerPhone: string;
  readonly buyerEmail: string;
  readonly recipientName: string;
  readonly recipientPhone1: string;
  readonly recipientPhone2: string | null;
  readonly zipCode: string;
  readonly roadAddress: string;
  readonly detailAddress: string;
  readonly deliveryMemo: string;
  readonly customsCode: string | null;
  readonly courier: string;
  readonly trackingNo: string | null;
  readonly items: readonly OrderItem[];
}

export interface OrderItem {
  readonly productNo: string;
  readonly productName: string;
  readonly optionText: string;
  readonly sellerSku: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly discountAmount: number;
}

/** The moment the workload is looked at, UTC milliseconds. */
export const NOW = 1_795_000_000_000;

/** The schema of an {@link Order}. */
export const orderSchema: RecordSchema<Order> = schema<Order>(
  "order",
  {
    orderNo: open(),
    sellerId: open(),
    channel: open(),
    status: open(),
    orderedAt: open(),
    paidAt: open(),
    confirmedAt: open(),
    payMethod: open(),
    productAmount: open(),
    shippingFee: open(),
    discountAmount: open(),
    payAmount: open(),
    buyerId: pii.userId(),
    buyerName: pii.name(),
    buyerPhone: pii.phone(),
    buyerEmail: pii.email(),
    recipientName: pii.name(),
    recipientPhone1: pii.phone(),
    recipientPhone2: pii.phone(),
    zipCode: pii.postcode(),
    roadAddress: pii.address(),
    detailAddress: pii.address(),
    deliveryMemo: pii.memo(),
    customsCode: pii.customsCode(),
    courier: open(),
    trackingNo: open(),
    items: [
      {
        productNo: open(),
        productName: open(),
        optionText: open(),
        sellerSku: open(),
        quantity: open(),
        unitPrice: open(),
        discountAmount: open(),
      },
    ],
  },
  {
    seller: (order) => order.sellerId,
    subjects: (order) => [subject.buyer(order.buyerId), subject.phone(order.recipientPhone1)],
    state: (order) => ({ paidAt: order.paidAt, purposeEndedAt: order.confirmedAt }),
  },
);

const DAY_MS = 86_400_000;
const SURNAMES = [..."김이박최정강조윤장임한오서신권황안송류홍전고문양손배백허남심노하", "남궁", "선우"];
const GIVEN_NAMES =
  "민준 서연 도윤 지우 하준 은우 지호 수아 예준 하은 채원 현우 유진 다은 준 솔 빛나 한별 온유".split(" ");
const REGIONS = [
  "서울특별시 강남구",
  "서울특별시 마포구",
  "경기도 성남시 분당구",
  "부산광역시 해운대구",
  "전북특별자치도 전주시 완산구",
  "제주특별자치도 제주시",
];
const ROADS = "테헤란로 양화로 올림픽로 불정로 광교중앙로 센텀중앙로 대학로 노형로 중앙로12번길".split(" ");
const APARTMENTS = ["한빛마을", "푸른숲", "은하수", "별내음"];
const PRODUCTS = [
  "국내산 꿀고구마 3kg 특품",
  "여성 오버핏 니트 가디건",
  "[무료배송] 무선 블루투스 이어폰 ANC",
  "제주 감귤 5kg 가정용",
  "남성 기모 조거팬츠 2+1",
  '캠핑 LED 랜턴 "미니"',
  "A4 복사용지 80g 2500매",
];
const OPTIONS = [
  "색상: 블랙 / 사이즈: M",
  "용량: 3kg",
  "기본 구성",
  "",
  "색상: 네이비 / 사이즈: XL (+2,000원)",
];
const MEMOS = [
  "문 앞에 놓아주세요",
  "부재시 경비실에 맡겨주세요",
  "배송 전 연락 바랍니다",
  "",
  "부재시 010-1234-5678 로 연락주세요",
];
const DOMAINS = ["example.com", "mail.example", "example.co.kr"];

/** Makes orders, the same for the same seed; every second one is confirmed. No value belongs to anybody. */
export function makeOrders(count: number, seed = 42): readonly Order[] {
  const dice = new Dice(seed);
  const orders = Array.from({ length: count }, (_, i) => makeOrder(dice, i % 2 === 0));
  // As from a driver: flat strings of their own, one hidden class.
  return JSON.parse(JSON.stringify(orders)) as readonly Order[];
}

function makeOrder(dice: Dice, isConfirmed: boolean): Order {
  const at = NOW - dice.int(10, 60) * DAY_MS;
  const items = Array.from({ length: dice.int(1, 3) }, () => makeItem(dice));
  const amount = items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  return {
    orderNo: `2026${dice.digits(12)}`,
    sellerId: `S${dice.digits(4)}`,
    channel: dice.pick(["APP", "WEB", "MWEB"]),
    status: isConfirmed ? "PURCHASE_CONFIRMED" : dice.pick(["PAID", "READY", "SHIPPING", "DELIVERED"]),
    orderedAt: new Date(at).toISOString(),
    paidAt: new Date(at + 60_000).toISOString(),
    confirmedAt: isConfirmed ? new Date(at + 8 * DAY_MS).toISOString() : null,
    payMethod: dice.pick(["CARD", "BANK", "POINT"]),
    productAmount: amount,
    shippingFee: dice.pick([0, 2_500, 3_000]),
    discountAmount: 100 * dice.int(0, 30),
    payAmount: amount,
    ...makeBuyer(dice),
    ...makeRecipient(dice),
    courier: dice.pick(["CJ", "HANJIN", "LOTTE", "EPOST"]),
    trackingNo: isConfirmed ? dice.digits(12) : null,
    items,
  };
}

function makeBuyer(dice: Dice): Pick<Order, "buyerId" | "buyerName" | "buyerPhone" | "buyerEmail"> {
  const id = dice.int(100_000, 99_999_999).toString(36);
  return {
    buyerId: `u${id}`,
    buyerName: makeName(dice),
    buyerPhone: makeMobile(dice),
    buyerEmail: `${id}@${dice.pick(DOMAINS)}`,
  };
}

function makeRecipient(
  dice: Dice,
): Omit<
  Order,
  Exclude<
    keyof Order,
    `recipient${string}` | "zipCode" | "roadAddress" | "detailAddress" | "deliveryMemo" | "customsCode"
  >
> {
  return {
    recipientName: makeName(dice),
    recipientPhone1: makeMobile(dice),
    recipientPhone2:
      dice.int(0, 1) === 0
        ? null
        : `${dice.pick(["02", "031", "051"])}-${dice.int(200, 9_999)}-${dice.digits(4)}`,
    zipCode: dice.digits(5),
    roadAddress: `${dice.pick(REGIONS)} ${dice.pick(ROADS)} ${dice.int(1, 400)}`,
    detailAddress: `${dice.pick(APARTMENTS)} ${dice.int(101, 120)}동 ${dice.int(1, 25)}0${dice.int(1, 4)}호`,
    deliveryMemo: dice.pick(MEMOS),
    customsCode: dice.int(0, 4) === 0 ? `P${dice.digits(12)}` : null,
  };
}

function makeItem(dice: Dice): OrderItem {
  return {
    productNo: `P${dice.digits(8)}`,
    productName: dice.pick(PRODUCTS),
    optionText: dice.pick(OPTIONS),
    sellerSku: `SKU-${dice.digits(5)}`,
    quantity: dice.int(1, 3),
    unitPrice: 100 * dice.int(39, 990),
    discountAmount: 100 * dice.int(0, 5),
  };
}

function makeName(dice: Dice): string {
  return dice.pick(SURNAMES) + dice.pick(GIVEN_NAMES);
}

function makeMobile(dice: Dice): string {
  return `010-${dice.digits(4)}-${dice.digits(4)}`;
}

/** A linear congruential generator (Numerical Recipes): the figures must not change from run to run. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number, both ends inclusive. */
  int(least: number, most: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return least + Math.floor((this.#state / 2 ** 32) * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T;
  }

  digits(length: number): string {
    return Array.from({ length }, () => this.int(0, 9)).join("");
  }
}
