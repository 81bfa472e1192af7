import type { SourceId } from "@garim/policy";

/** One rule of the regulation, and where it is kept. */
export interface RuleRow {
  readonly rule: string;
  readonly sources: readonly SourceId[];
  /** What `@garim/policy` exports to decide it, or where it decides nothing of it, a package of `others`. */
  readonly functions: readonly string[];
  /** What other packages do about it: facts the policy only judges, or duties it does not decide. */
  readonly others?: readonly string[];
}

/** Every rule Garim encodes, in the order a reader of the law would ask for them. */
export const RULES: readonly RuleRow[] = [
  {
    rule: "Second factor before a seller's staff views, uses or downloads buyers' data",
    sources: ["code-2022/second-factor", "notice-2026-9/6-2"],
    functions: ["decideStepUp"],
    others: ["@garim/auth", "@garim/express"],
  },
  {
    rule: "Idle session cut off; afterwards log in as at first",
    sources: ["code-2022/idle", "notice-2026-9/6-4"],
    functions: ["decideSession"],
    others: ["@garim/auth"],
  },
  { rule: "Absolute session length", sources: ["garim/absolute"], functions: ["decideSession"] },
  {
    rule: "Failed authentications lock",
    sources: ["notice-2026-9/5-6", "pipa/29"],
    functions: ["decideTry", "countWrongTry"],
    others: ["@garim/auth"],
  },
  {
    rule: "Personal data masked once its purpose has ended",
    sources: ["code-2022/mask", "pipa/17", "pipa/21"],
    functions: ["decideDisclosure", "purposeEnd"],
    others: ["@garim/masking"],
  },
  {
    rule: "What is not paid is masked, and withheld from tools",
    sources: ["pipa/17"],
    functions: ["decideDisclosure"],
    others: ["@garim/masking", "@garim/express"],
  },
  {
    rule: "One masking profile for every surface of a deployment",
    sources: ["code-2022/mask"],
    functions: ["decideDisclosure"],
    others: ["@garim/masking", "@garim/workbook", "@garim/express"],
  },
  {
    rule: "What an open claim needs is shown, on our own authority",
    sources: ["ecommerce/17-3"],
    functions: ["decideDisclosure"],
  },
  {
    rule: "Download of buyers' data ends",
    sources: ["code-2022/download"],
    functions: ["decideDisclosure"],
  },
  {
    rule: "Downloaded file encrypted; purpose stated, fields chosen, kept in a ledger; destroyed after use",
    sources: ["notice-2026-9/7-5", "notice-2026-9/12"],
    functions: ["decideDownload"],
    others: ["@garim/workbook", "@garim/express"],
  },
  {
    rule: "Large downloads take the consent of a second person",
    sources: ["garim/download"],
    functions: ["decideDownloadVolume"],
    others: ["@garim/express"],
  },
  {
    rule: "Tool and seller both verified, one grant per seller and tool, agreement and contract on file",
    sources: ["code-2022/tool", "toolcode-2022/grant", "pipa/26"],
    functions: ["decideGrant", "grantEnd", "decideContract"],
    others: ["@garim/token-server", "@garim/duties"],
  },
  {
    rule: "Least privilege per staff member",
    sources: ["notice-2026-9/5-1"],
    functions: ["decideAction", "kindsOfRoles", "decideDisclosure"],
  },
  {
    rule: "One account per person",
    sources: ["notice-2026-9/5-4"],
    functions: ["isSharedAccountSign"],
    others: ["@garim/auth", "@garim/duties", "@garim/express"],
  },
  {
    rule: "A role lent for a time takes another person's consent, and ends by itself",
    sources: ["garim/elevation"],
    functions: ["decideElevation", "decideLending", "elevationEnd"],
    others: ["@garim/duties", "@garim/express"],
  },
  {
    rule: "Rights of dormant accounts removed",
    sources: ["notice-2026-9/5-2"],
    functions: ["decideDormancy", "dormantAt"],
  },
  {
    rule: "History of grants, changes, revocations kept",
    sources: ["notice-2026-9/5-3"],
    functions: ["decideRightsErasure"],
    others: ["@garim/audit"],
  },
  {
    rule: "Access limited by IP and the like; attempts to leak are detected",
    sources: ["notice-2026-9/6-1"],
    functions: ["decideNetwork", "watchAccess"],
    others: ["@garim/express", "@garim/audit"],
  },
  {
    rule: "Tools come from registered addresses alone",
    sources: ["notice-2026-9/6-1"],
    functions: ["decideNetwork"],
    others: ["@garim/express"],
  },
  {
    rule: "Access record of everyone but the data subject; kept for 1 or 2 years; protected from forgery",
    sources: ["notice-2026-9/8-1", "garim/hold"],
    functions: ["recordTerm", "decideRecordErasure"],
    others: ["@garim/audit"],
  },
  {
    rule: "Log-in, log-out and failed authentication are recorded as well",
    sources: ["notice-2026-9/8-1"],
    functions: ["recordTerm"],
    others: ["@garim/audit", "@garim/express"],
  },
  {
    rule: "Access records and downloads reviewed, not by the operating team",
    sources: ["notice-2026-9/8-2"],
    functions: ["decideReview", "decideReviewer"],
    others: ["@garim/audit", "@garim/duties"],
  },
  {
    rule: "Destroyed without delay when no longer needed; recorded and confirmed; a legal hold wins",
    sources: ["pipa/21", "garim/hold"],
    functions: ["decideDestruction", "purgeBy", "decideRecordEnd", "decideScheduled", "decideConfirmer"],
    others: ["@garim/duties"],
  },
  {
    rule: "Records another law keeps, stored apart",
    sources: ["ecommerce/6", "electronic-finance/records"],
    functions: ["decideDestruction"],
  },
  {
    rule: "Breach: each data subject told, report, posting, intrusion",
    sources: ["pipa/34-1", "pipa-decree/39", "pipa-decree/40", "network-act/intrusion"],
    functions: ["listBreachDuties"],
    others: ["@garim/duties"],
  },
  {
    rule: "Contents of the notice (seven)",
    sources: ["pipa/34-1"],
    functions: ["listMissingContents", "NOTICE_WORDS", "LEAK_CHECKS"],
  },
  { rule: "Notice of a possible leak", sources: ["pipa/34-2"], functions: ["listBreachDuties"] },
  { rule: "Wording of a notice", sources: ["garim/wording"], functions: ["findSoftWords"] },
  {
    rule: "Unreadable, missing or hostile facts never reveal",
    sources: ["garim/closed"],
    functions: ["decideDisclosure", "readLine", "readLines"],
  },
  {
    rule: "A moment without a zone is refused",
    sources: ["garim/closed"],
    functions: ["readLine"],
  },
  {
    rule: "Seller's staff educated",
    sources: ["code-2022/education"],
    functions: ["decideEducation", "decideEducated"],
    others: ["@garim/duties", "@garim/express"],
  },
  {
    rule: "Seller's privacy policy published",
    sources: ["code-2022/privacy-policy"],
    functions: ["listPrivacyGaps", "decidePublication", "decidePublished"],
    others: ["@garim/duties", "@garim/express"],
  },
  {
    rule: "Provision, outsourcing and overseas transfer told apart, each with its evidence",
    sources: ["pipa/17", "pipa/26", "pipa/28-8"],
    functions: ["decideFlow", "decideOverseas", "listFlowGaps", "isFlowContradicted", "FLOW_ITEMS"],
    others: ["@garim/duties", "@garim/express"],
  },
  {
    rule: "A buyer's request about the own data answered within ten days, both on record",
    sources: ["pipa/35", "pipa/36", "pipa/37"],
    functions: ["decideRequest"],
    others: ["@garim/duties", "@garim/express"],
  },
  {
    rule: "A reply that tells who a buyer is or asks for contact data is held; buyers' texts are shown scrubbed",
    sources: ["pipa/29"],
    functions: ["judgeReply", "scrubPost"],
    others: ["@garim/masking", "@garim/express", "@garim/duties"],
  },
];
