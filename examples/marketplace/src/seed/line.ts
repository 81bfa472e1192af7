import type { ClaimRow, IsoMoment, LineMoments, LineRow, SellerRow } from "../rows.ts";
import type { Journey } from "./journey.ts";
import type { Random } from "./random.ts";

const DAY = 86_400_000;

const PRODUCTS = [
  ["국내산 꿀고구마 3kg", 19_900],
  ["제주 감귤 5kg 가정용", 24_900],
  ["여성 오버핏 니트 가디건", 39_800],
  ["남성 기모 조거팬츠", 27_500],
  ["무선 이어폰 ANC", 89_000],
  ['캠핑 LED 랜턴 "미니"', 15_400],
  ["각인 원목 도마", 33_000],
  ["이니셜 가죽 열쇠고리", 12_000],
] as const;

const OPTIONS = ["색상: 블랙 / 사이즈: M", "색상: 아이보리 / FREE", "기본 구성"] as const;
const ENGRAVINGS = ["지우야 생일 축하해", "민준 ♥ 서연", "우리집 010-2345-6789"] as const;

/** Makes a line without its moments. */
export function makeLine(
  orderNo: string,
  lineNo: number,
  seller: SellerRow,
  random: Random,
): Omit<LineRow, keyof LineMoments> {
  const [product, price] = random.pick(PRODUCTS);
  const quantity = random.whole(1, 3);
  return {
    id: `${orderNo}-${lineNo}`,
    order_no: orderNo,
    line_no: lineNo,
    seller_id: seller.id,
    product,
    option: random.chance(60) ? random.pick(OPTIONS) : null,
    quantity,
    amount: quantity * price,
    engraving: random.chance(10) ? random.pick(ENGRAVINGS) : null,
  };
}

/** The moments of a line that has come as far as a journey. */
export function momentsOf(journey: Journey, now: number): LineMoments {
  return {
    prepared_at: daysBefore(now, journey.prepared),
    shipped_at: daysBefore(now, journey.shipped),
    delivered_at: daysBefore(now, journey.delivered),
    confirmed_at: daysBefore(now, journey.confirmed),
    cancelled_at: daysBefore(now, journey.cancelled),
    returned_at: daysBefore(now, journey.returned),
  };
}

/** The claims of a line on a journey: one or none. */
export function claimsOf(line: string, { claim }: Journey, now: number): readonly ClaimRow[] {
  if (claim === undefined) return [];
  const { type, reason, by, opened, closed } = claim;
  const moments = { opened_at: toIso(now - opened * DAY), closed_at: daysBefore(now, closed) };
  return [{ id: `${line}-claim`, line_id: line, type, reason, opened_by: by, ...moments }];
}

function daysBefore(now: number, days: number | undefined): IsoMoment | null {
  return days === undefined ? null : toIso(now - days * DAY);
}

/** A moment as rows hold it. */
export function toIso(at: number): IsoMoment {
  return new Date(at).toISOString();
}
