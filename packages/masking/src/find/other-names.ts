/** Words in front of a number that say it names an order, a parcel, a product or the like: nobody's. */
export const OTHER_NAMES: RegExp =
  /(?<=(?:운송장|송장|등기|택배|주문|상품|품번|제품|모델|쿠폰|프로모션|기프트|바코드|시리얼|일련|제조|승인|결제|접수|사번|관리|고유|면허|법인|보험증|처방|교부|코드|PIN|SKU|LOT|S\/N|SN|No)[\s가-힣]{0,5}[^0-9A-Za-z가-힣]{0,4})/iy;
