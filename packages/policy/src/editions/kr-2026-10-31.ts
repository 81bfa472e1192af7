import type { Edition } from "../edition.ts";

/**
 * The rules in force since 2026-10-31. The law has access records kept for 1 year and in some cases for 2: that every deployment
 * starts with `recordYears` 2 is ours.
 */
export const KR_2026_10_31: Edition = {
  id: "kr-2026-10-31",
  about: {
    ko: "오픈마켓 판매자 쪽까지 적용된 안전성 확보조치 기준(2026-10-31)과 자율규제 규약",
    en: "The safety-measures notice as it binds the sellers' side of open markets since 2026-10-31, with the self-regulation codes",
  },
  numbers: {
    idleMinutes: { default: 30, least: 1, most: 60, source: "notice-2026-9/6-4", number: "ours" },
    absoluteHours: { default: 12, least: 1, most: 24, source: "garim/absolute", number: "ours" },
    viewFreshMinutes: {
      default: 720,
      least: 1,
      most: 720,
      source: "code-2022/second-factor",
      number: "ours",
    },
    downloadFreshMinutes: {
      default: 30,
      least: 1,
      most: 30,
      source: "code-2022/second-factor",
      number: "ours",
    },
    bulkFreshMinutes: { default: 10, least: 1, most: 10, source: "code-2022/second-factor", number: "ours" },
    bulkRows: { default: 1_000, least: 0, most: 1_000, source: "code-2022/second-factor", number: "ours" },
    networkFreshMinutes: {
      default: 60,
      least: 0,
      most: 60,
      source: "code-2022/second-factor",
      number: "ours",
    },
    manageFreshMinutes: { default: 5, least: 1, most: 5, source: "notice-2026-9/6-2", number: "ours" },
    unconfirmedDays: { default: 30, least: 0, most: 90, source: "pipa/21", number: "ours" },
    downloadDays: { default: 90, least: 0, most: 90, source: "code-2022/download", number: "code" },
    claimDays: { default: 14, least: 0, most: 14, source: "ecommerce/17-3", number: "ours" },
    grantDays: { default: 180, least: 1, most: 180, source: "toolcode-2022/grant", number: "ours" },
    triesPerChallenge: { default: 5, least: 1, most: 5, source: "notice-2026-9/5-6", number: "ours" },
    triesPerAccount: { default: 10, least: 1, most: 10, source: "notice-2026-9/5-6", number: "ours" },
    triesPerFactor: { default: 100, least: 1, most: 100, source: "notice-2026-9/5-6", number: "ours" },
    lockMinutes: { default: 15, least: 15, most: 1_440, source: "notice-2026-9/5-6", number: "ours" },
    lockMostMinutes: { default: 1_440, least: 60, most: 1_440, source: "notice-2026-9/5-6", number: "ours" },
    dormantDays: { default: 90, least: 1, most: 90, source: "notice-2026-9/5-2", number: "ours" },
    recordYears: { default: 2, least: 1, most: 10, source: "notice-2026-9/8-1", number: "ours" },
    raisedRecordYears: { default: 2, least: 2, most: 10, source: "notice-2026-9/8-1", number: "law" },
    raisedFromSubjects: {
      default: 50_000,
      least: 0,
      most: 50_000,
      source: "notice-2026-9/8-1",
      number: "law",
    },
    rightsYears: { default: 3, least: 3, most: 10, source: "notice-2026-9/5-3", number: "law" },
    reviewMonths: { default: 1, least: 1, most: 12, source: "notice-2026-9/8-2", number: "ours" },
    destroyDays: { default: 5, least: 0, most: 5, source: "pipa/21", number: "ours" },
    breachHours: { default: 72, least: 1, most: 72, source: "pipa-decree/39", number: "law" },
    intrusionHours: { default: 24, least: 1, most: 24, source: "network-act/intrusion", number: "law" },
    reportFromSubjects: { default: 1_000, least: 0, most: 1_000, source: "pipa-decree/40", number: "law" },
    staffDayRows: { default: 10_000, least: 0, most: 100_000, source: "garim/download", number: "ours" },
    staffDaySubjects: { default: 10_000, least: 0, most: 100_000, source: "garim/download", number: "ours" },
    sellerDayRows: { default: 50_000, least: 0, most: 500_000, source: "garim/download", number: "ours" },
    sellerDaySubjects: { default: 50_000, least: 0, most: 500_000, source: "garim/download", number: "ours" },
    approvalHours: { default: 24, least: 1, most: 72, source: "garim/download", number: "ours" },
    linkMinutes: { default: 10, least: 1, most: 10, source: "garim/download", number: "ours" },
    fileDays: { default: 7, least: 0, most: 30, source: "notice-2026-9/12", number: "ours" },
    postDays: { default: 30, least: 30, most: 365, source: "pipa-decree/39", number: "law" },
  },
  claimKinds: {
    cancellation: [],
    return: ["name", "phone", "postcode", "address"],
    exchange: ["name", "phone", "postcode", "address"],
    service: ["name", "phone"],
  },
  roles: {
    viewer: { actions: ["view"], kinds: ["name", "company"] },
    shipper: {
      actions: ["view"],
      kinds: ["name", "phone", "postcode", "address", "memo", "customsCode", "company"],
    },
    claims: { actions: ["view"], kinds: ["name", "phone", "email", "postcode", "address", "company"] },
    downloader: {
      actions: ["view", "download"],
      kinds: ["name", "phone", "postcode", "address", "memo", "customsCode", "company"],
    },
    owner: {
      actions: ["view", "download", "manageFactors", "manageStaff", "connectTool"],
      kinds: ["name", "phone", "postcode", "address", "memo", "customsCode", "company", "email", "userId"],
    },
  },
  keeps: {
    contract: { months: 60, source: "ecommerce/6" },
    payment: { months: 60, source: "ecommerce/6" },
    dispute: { months: 36, source: "ecommerce/6" },
    advertising: { months: 6, source: "ecommerce/6" },
    electronicPayment: { months: 60, source: "electronic-finance/records" },
  },
  sources: {},
};
