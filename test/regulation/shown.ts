/** A test, by its file and a part of its name. */
export type ShownBy = readonly [path: string, name: string];

/** Where a duty is met by people and programs, and which tests show it beyond the rule itself. */
export interface Shown {
  /** Of `@garim/express`, with the usual mounts. */
  readonly endpoints?: readonly string[];
  readonly commands?: readonly string[];
  readonly tests: readonly ShownBy[];
}

const HTTP = "test/http";
const ATTACKS = "test/attacks";
const AUDIT = "packages/audit/src";
const RETENTION = "test/http/retention-and-leaks.test.ts";

/** By the rule's name in the table of rules. A rule without an entry, and an entry without a test, fails. */
export const SHOWN: Readonly<Record<string, Shown>> = {
  "Second factor before a seller's staff views, uses or downloads buyers' data": {
    endpoints: ["POST /privacy/step-up", "GET /privacy/factors"],
    tests: [
      [`${HTTP}/second-factor.test.ts`, "lead from log-in to buyers' data, every step on record"],
      [`${HTTP}/reveal.test.ts`, "challenges a program for a fresh second factor"],
      [`${ATTACKS}/s4-step-up.test.ts`, "counts in the session it was made in"],
    ],
  },
  "Idle session cut off; afterwards log in as at first": {
    endpoints: ["GET /privacy/session"],
    tests: [
      [`${HTTP}/reveal.test.ts`, "ends an idle session"],
      [`${HTTP}/session-endpoints.test.ts`, "keep nothing alive that has ended"],
    ],
  },
  "Absolute session length": {
    endpoints: ["GET /privacy/session"],
    tests: [[`${ATTACKS}/s2-idle.test.ts`, "never outlives the absolute end"]],
  },
  "Failed authentications lock": {
    endpoints: ["POST /privacy/staff/:staffId/unlock"],
    tests: [
      [`${HTTP}/second-factor.test.ts`, "lock the account after ten wrong codes"],
      [`${ATTACKS}/t4-locking-out.test.ts`, "ends by the clock, and the next lock lasts twice as long"],
    ],
  },
  "Personal data masked once its purpose has ended": {
    tests: [
      [`${HTTP}/reveal.test.ts`, "judges each record on its own"],
      [`${HTTP}/downloads-made.test.ts`, "masks what was confirmed between the query and its row"],
      [`${ATTACKS}/x2-masks.test.ts`, "every mask is in the file as it is on the page"],
    ],
  },
  "What an open claim needs is shown, on our own authority": {
    tests: [
      [
        "packages/policy/src/disclosure.test.ts",
        "shows what the claim needs until it expires, and why not the rest",
      ],
      [
        "examples/marketplace/src/index.test.ts",
        "masks a line at once when its buyer confirms, and a claim lifts",
      ],
    ],
  },
  "What is not paid is masked, and withheld from tools": {
    tests: [
      [`${HTTP}/tools.test.ts`, "leaves out lines past their time and lines that are not paid"],
      [`${ATTACKS}/x1-downloads.test.ts`, "is what a page would show of each row at that moment"],
    ],
  },
  "One masking profile for every surface of a deployment": {
    tests: [
      [`${ATTACKS}/x2-masks.test.ts`, "every mask is in the file as it is on the page"],
      ["packages/masking/src/mask.test.ts", "names its profile"],
    ],
  },
  "Download of buyers' data ends": {
    endpoints: ["GET /exports/offers"],
    tests: [[`${HTTP}/downloads-made.test.ts`, "has no row a millisecond after the window"]],
  },
  "Downloaded file encrypted; purpose stated, fields chosen, kept in a ledger; destroyed after use": {
    endpoints: ["GET /exports", "GET /exports/offers"],
    commands: ["garim downloads"],
    tests: [
      [`${HTTP}/downloads.test.ts`, "is in the ledger of who asked"],
      [`${HTTP}/downloads.test.ts`, "leaves its password nowhere"],
      [`${HTTP}/downloads-ledger.test.ts`, "is told once that a file was destroyed"],
    ],
  },
  "Large downloads take the consent of a second person": {
    tests: [
      [`${HTTP}/downloads-ledger.test.ts`, "are lifted once by another of the seller who may download"],
    ],
  },
  "Tool and seller both verified, one grant per seller and tool, agreement and contract on file": {
    endpoints: [
      "GET /privacy/tools",
      "DELETE /privacy/tools/:grantId",
      "GET /duties/agreements",
      "PUT /duties/agreements/:toolId",
      "GET /duties/contracts",
      "PUT /duties/contracts",
    ],
    commands: ["garim duties agreements", "garim duties contracts", "garim duties put-contract"],
    tests: [
      [`${HTTP}/duties.test.ts`, "lets a tool read once both papers are on file over HTTP"],
      [`${HTTP}/tools.test.ts`, "judges each line by the live grant of its seller"],
      [`${HTTP}/tools.test.ts`, "ends with the contract, and with the grant, at the next request"],
      [`${HTTP}/duties.test.ts`, "lets a tool read nothing of a seller it has no contract with"],
      [`${ATTACKS}/j6-contracts.test.ts`, "reads nothing of that seller on any node"],
      [`${HTTP}/signals.test.ts`, "refuse a tool with shared passwords from its day on"],
    ],
  },
  "Least privilege per staff member": {
    endpoints: ["GET /privacy/staff", "GET /duties/rights"],
    commands: ["garim duties rights"],
    tests: [
      [`${HTTP}/reveal.test.ts`, "masks what a role does not name"],
      [`${HTTP}/reveal.test.ts`, "refuses staff whose roles may not view"],
      [`${HTTP}/rights.test.ts`, "tells an owner what nobody used"],
    ],
  },
  "One account per person": {
    endpoints: ["GET /duties/rights", "GET /duties/self-check"],
    commands: ["garim duties rights", "garim duties self-check"],
    tests: [
      [`${HTTP}/signals.test.ts`, "make the factor due at once where somebody is too far away too soon"],
      [`${HTTP}/signals.test.ts`, "refuse a tool with shared passwords from its day on"],
      [`${HTTP}/self-check.test.ts`, "knows of shared accounts, files nobody destroyed"],
    ],
  },
  "A role lent for a time takes another person's consent, and ends by itself": {
    endpoints: ["POST /duties/my-elevation", "POST /duties/elevations/:staffId/approval"],
    commands: ["garim duties elevations", "garim duties end-elevation"],
    tests: [
      [`${HTTP}/rights.test.ts`, "show more once another person agreed"],
      [
        "packages/duties/src/rights/elevations.test.ts",
        "lends a role on every node once another person agreed, and ends it",
      ],
    ],
  },
  "Rights of dormant accounts removed": {
    endpoints: ["POST /privacy/staff/:staffId/reactivate"],
    tests: [
      [`${HTTP}/staff.test.ts`, "reactivate who was not here for ninety days"],
      [`${HTTP}/staff.test.ts`, "dismiss somebody, whom no log-in brings back"],
    ],
  },
  "History of grants, changes, revocations kept": {
    commands: ["garim rights-history"],
    tests: [
      [`${HTTP}/rights-history.test.ts`, "are on record with those before"],
      [`${AUDIT}/retention/keeper.test.ts`, "keeps the history of rights as it was"],
    ],
  },
  "Access limited by IP and the like; attempts to leak are detected": {
    tests: [
      [`${HTTP}/allow-list.test.ts`, "are those of the seller's list"],
      [`${ATTACKS}/v1-watch.test.ts`, "is asked for the second factor anew after far too many buyers"],
      [
        `${ATTACKS}/v1-watch.test.ts`,
        "is answered one request in ten seconds after a walk from number to number",
      ],
      [
        `${ATTACKS}/v1-watch.test.ts`,
        "is cut off after an order that exists for nobody, a person and a tool",
      ],
      [`${ATTACKS}/v1-detectors.test.ts`, "is asked anew at night, who does not work at night"],
      [`${ATTACKS}/v1-detectors.test.ts`, "is asked anew in a network that was never seen"],
      [`${ATTACKS}/v1-detectors.test.ts`, "is asked anew who comes back after a long time"],
      [`${ATTACKS}/v1-detectors.test.ts`, "is told of and not stopped after a few wrong codes"],
      [`${ATTACKS}/v1-detectors.test.ts`, "is answered rarely who reads a little of very many accounts"],
    ],
  },
  "Tools come from registered addresses alone": {
    tests: [
      ["packages/policy/src/network.test.ts", "judges a %s with list %s, on it %s"],
      [`${HTTP}/tools.test.ts`, "ends a suspended tool, a retired key and another address at once"],
      [`${ATTACKS}/j6-clients.test.ts`, "calls from an address it has not registered"],
    ],
  },
  "Access record of everyone but the data subject; kept for 1 or 2 years; protected from forgery": {
    endpoints: ["POST /auditor/who-saw", "POST /auditor/proof"],
    commands: ["garim who-saw", "garim verify", "garim retention"],
    tests: [
      [`${HTTP}/reveal.test.ts`, "puts every answer on record: who, when, from where, whose data, what"],
      [`${HTTP}/second-factor.test.ts`, "lead from log-in to buyers' data, every step on record"],
      [`${AUDIT}/retention/keeper.test.ts`, "destroys the months whose term is over"],
      [`${AUDIT}/verify/verify-log.test.ts`, "names a record that was changed with every hash"],
    ],
  },
  "Log-in, log-out and failed authentication are recorded as well": {
    endpoints: ["GET /auditor/sessions"],
    tests: [
      [`${HTTP}/second-factor.test.ts`, "lead from log-in to buyers' data, every step on record"],
      [`${HTTP}/auditor.test.ts`, "sessions tells each from log-in to end"],
      [`${HTTP}/sessions.test.ts`, "end one of them, which is told why, and both deeds are on record"],
      [`${HTTP}/factors.test.ts`, "record each deed, and never a code, a secret or the name of a factor"],
    ],
  },
  "Access records and downloads reviewed, not by the operating team": {
    endpoints: ["POST /auditor/charts"],
    commands: ["garim review"],
    tests: [
      [`${HTTP}/auditor-work.test.ts`, "is begun, filled, signed off and reported, each step on record"],
      [`${AUDIT}/review/review-desk.test.ts`, "is signed by somebody who does not operate"],
    ],
  },
  "Destroyed without delay when no longer needed; recorded and confirmed; a legal hold wins": {
    endpoints: [
      "GET /duties/due",
      "POST /duties/destructions",
      "POST /duties/destructions/:id/confirmation",
      "POST /duties/data-holds",
      "GET /duties/proofs",
      "GET /duties/waiting",
      "GET /duties/tool-debts",
      "GET /duties/tool-receipts",
      "POST /duties/tool-calls",
    ],
    commands: [
      "garim duties destructions",
      "garim duties hold-data",
      "garim duties waiting",
      "garim duties tool-debts",
      "garim duties tool-receipts",
      "garim hold",
    ],
    tests: [
      [RETENTION, "is missing: nobody reads, downloads, nor a tool"],
      [RETENTION, "ends while an answer is at work: nobody gets it, nor a tool"],
      [RETENTION, "is listed, done by an operator, confirmed by an auditor"],
      ["packages/duties/src/clock/clock.test.ts", "destroys what may go of the named kinds"],
      ["packages/duties/src/purge/purges.test.ts", "knows what is owed, soonest due first"],
      [`${HTTP}/bulk.test.ts`, "have a tool say what it destroyed of what it owes"],
      [`${HTTP}/duties.test.ts`, "tells of how many orders each tool owes a receipt"],
      [`${HTTP}/downloads-ledger.test.ts`, "reminds of a file that should have been destroyed"],
    ],
  },
  "Records another law keeps, stored apart": {
    endpoints: ["PUT /duties/schedules/:recordType", "GET /duties/due"],
    commands: ["garim duties put-schedule", "garim duties due"],
    tests: [
      [
        "packages/duties/src/retention/retention.test.ts",
        "stores apart and destroys, on record before and after",
      ],
      ["examples/marketplace/src/records.test.ts", "stores people apart, and destroys them there"],
      ["packages/policy/src/destruction.test.ts", "keeps as long as the longest of several laws"],
    ],
  },
  "Breach: each data subject told, report, posting, intrusion": {
    endpoints: [
      "POST /auditor/scope",
      "POST /duties/leaks/from-scope",
      "POST /duties/leaks/:id/recipients",
      "POST /duties/leaks/:id/notices/:no/sending",
      "POST /duties/leaks/:id/steps",
      "POST /duties/leaks/:id/post",
      "GET /privacy/my-leaks",
      "GET /duties/waiting",
    ],
    commands: ["garim scope", "garim duties leaks", "garim duties open-leak", "garim duties waiting"],
    tests: [
      [RETENTION, "goes from the scope to notices, posting and its end, on record"],
      [RETENTION, "opens a leak from the scope by an auditor"],
      [RETENTION, "tells a buyer whether own data was among it"],
      ["examples/marketplace/src/index.test.ts", "opens a leak from what the log shows"],
      [`${HTTP}/auditor-work.test.ts`, "tells how far a leak reaches, what it obliges to"],
      [`${AUDIT}/scope/duties.test.ts`, "runs 72 h from knowing"],
    ],
  },
  "Contents of the notice (seven)": {
    endpoints: ["POST /auditor/scope", "PATCH /duties/leaks/:id", "POST /duties/leaks/:id/notices"],
    commands: ["garim scope", "garim duties write-notice"],
    tests: [
      [`${HTTP}/auditor-console.test.ts`, "puts what people wrote into the drafts"],
      ["packages/duties/src/breach/leaks.test.ts", "writes a partial notice, then a full one"],
    ],
  },
  "Notice of a possible leak": {
    endpoints: ["POST /auditor/scope", "POST /duties/leaks"],
    tests: [
      ["packages/policy/src/breach.test.ts", "has a possible leak told within 72 h, and nothing reported"],
      ["packages/policy/src/breach.test.ts", "takes a leak as certain where nobody says it is not"],
      ["packages/duties/src/breach/leaks.test.ts", "has a possible leak told as one and nothing else"],
      [RETENTION, "has a possible leak told within its time, says so in the notice"],
    ],
  },
  "Wording of a notice": {
    endpoints: ["PATCH /duties/leaks/:id"],
    tests: [
      [
        `${HTTP}/auditor-console.test.ts`,
        "puts what people wrote into the drafts, and names what plays the leak down",
      ],
      ["packages/duties/src/breach/leaks.test.ts", "takes no content that plays it down"],
    ],
  },
  "Unreadable, missing or hostile facts never reveal": {
    tests: [
      ["packages/policy/src/property.test.ts", "missing, odd or hostile facts never reveal and never throw"],
      [
        "packages/policy/src/property.test.ts",
        "what a host gives as state never throws, and reveals only with a readable payment",
      ],
      ["packages/policy/src/line.test.ts", "never throws and never opens on"],
    ],
  },
  "A moment without a zone is refused": {
    tests: [
      ["packages/policy/src/moment.test.ts", "cannot read %s"],
      ["packages/policy/src/line.test.ts", "leaves out a claim %s: it could only reveal more"],
    ],
  },
  "Seller's staff educated": {
    endpoints: ["GET /duties/education", "POST /duties/education/mine/:courseId", "PUT /duties/courses/:id"],
    commands: ["garim duties education", "garim duties put-course"],
    tests: [[`${HTTP}/duties.test.ts`, "lets nobody read whose course is overdue"]],
  },
  "Seller's privacy policy published": {
    endpoints: ["PUT /duties/privacy-policy", "GET /duties/privacy-policy"],
    commands: ["garim duties privacy"],
    tests: [
      [`${HTTP}/duties.test.ts`, "lets staff of a seller without one read nothing"],
      [`${HTTP}/duties.test.ts`, "is drafted from the register, published"],
    ],
  },
  "Provision, outsourcing and overseas transfer told apart, each with its evidence": {
    endpoints: ["GET /duties/flows", "PUT /duties/flows"],
    commands: ["garim duties flows", "garim duties put-flow", "garim duties public-flows"],
    tests: [
      [`${HTTP}/duties.test.ts`, "lets no staff read, nor download, nor a tool, until each entry is there"],
      [`${HTTP}/duties.test.ts`, "lets no staff read, nor download, nor a tool, by an entry that"],
      [`${HTTP}/duties.test.ts`, "lets no answer go that was at work when its entry ended"],
      [`${HTTP}/duties.test.ts`, "makes no file whose entry ended meanwhile"],
      [`${HTTP}/duties.test.ts`, "lets a tool whose processor is abroad read only with"],
    ],
  },
  "A buyer's request about the own data answered within ten days, both on record": {
    endpoints: [
      "GET /privacy/my-accesses",
      "POST /privacy/my-requests",
      "GET /duties/requests",
      "POST /duties/requests/:id/answer",
    ],
    commands: ["garim duties requests", "garim duties answer-request"],
    tests: [
      [`${HTTP}/buyer-requests.test.ts`, "is taken, due in ten days, answered by an operator"],
      [`${HTTP}/privacy-lists.test.ts`, "tells a buyer who looked, by shop"],
    ],
  },
  "A reply that tells who a buyer is or asks for contact data is held; buyers' texts are shown scrubbed": {
    endpoints: ["GET /duties/held-texts"],
    commands: ["garim duties held-texts"],
    tests: [
      [`${HTTP}/replies.test.ts`, "holds a reply that names the buyer, with the reason, the place"],
      [`${HTTP}/replies.test.ts`, "shows no name of the order a post is about"],
      [`${HTTP}/replies.test.ts`, "are listed to the seller's owner, an operator and an auditor"],
      ["examples/marketplace/src/index.test.ts", "shows buyers' reviews scrubbed, and holds a reply"],
    ],
  },
};
