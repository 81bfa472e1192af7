/**
 * Every row of the regulation's table of rules for code, of its matrix, of its masking and of what went wrong at others that a rule keeps,
 * as they were written down before any code; and the rules that meet it. A row nothing meets, and a rule that meets no row, fails.
 */
export const LAW_ROWS: Readonly<Record<string, readonly string[]>> = {
  "Second factor before a seller's staff views, uses or downloads buyers' data": [
    "Second factor before a seller's staff views, uses or downloads buyers' data",
  ],
  "Idle session cut off; afterwards log in as at first": [
    "Idle session cut off; afterwards log in as at first",
  ],
  "Absolute session length": ["Absolute session length"],
  "N failed authentications -> locked": ["Failed authentications lock"],
  "PII masked once its purpose has ended: confirmation, cancellation, return, or N days after delivery": [
    "Personal data masked once its purpose has ended",
  ],
  "Download of buyers' data ends, 90 x 24 h after confirmation": ["Download of buyers' data ends"],
  "Downloaded file encrypted; purpose stated, fields chosen, kept in a ledger; destroyed after use": [
    "Downloaded file encrypted; purpose stated, fields chosen, kept in a ledger; destroyed after use",
    "Large downloads take the consent of a second person",
  ],
  "Tool uses its own account, tool and seller verified; API agreement + outsourcing contract": [
    "Tool and seller both verified, one grant per seller and tool, agreement and contract on file",
  ],
  "Least privilege per staff member": [
    "Least privilege per staff member",
    "A role lent for a time takes another person's consent, and ends by itself",
  ],
  "One account per person": ["One account per person"],
  "Rights changed without delay; rights of dormant accounts removed": ["Rights of dormant accounts removed"],
  "History of grants, changes, revocations kept": ["History of grants, changes, revocations kept"],
  "Access limited by IP and the like; attempts to leak are detected": [
    "Access limited by IP and the like; attempts to leak are detected",
  ],
  "Allow-list required for tools": ["Tools come from registered addresses alone"],
  "Access record of everyone but the data subject: identifier, time, origin, data subject, action": [
    "Access record of everyone but the data subject; kept for 1 or 2 years; protected from forgery",
  ],
  "... also log-in, log-out and failed log-in": [
    "Log-in, log-out and failed authentication are recorded as well",
  ],
  "... kept, 1 or 2 years": [
    "Access record of everyone but the data subject; kept for 1 or 2 years; protected from forgery",
  ],
  "... protected from forgery, theft, loss": [
    "Access record of everyone but the data subject; kept for 1 or 2 years; protected from forgery",
  ],
  "Access records and downloads reviewed; the reviewer is not the operating team": [
    "Access records and downloads reviewed, not by the operating team",
  ],
  "Destroyed without delay when no longer needed; recorded, confirmed by the privacy officer": [
    "Destroyed without delay when no longer needed; recorded and confirmed; a legal hold wins",
  ],
  "What another law keeps is stored apart: contract, payment, disputes, advertising, electronic payment": [
    "Records another law keeps, stored apart",
  ],
  "Breach: each data subject told; report to PIPC/KISA; posting; the 24 h clock": [
    "Breach: each data subject told, report, posting, intrusion",
  ],
  "Contents of the notice (seven)": ["Contents of the notice (seven)"],
  "Notice of a possible leak": ["Notice of a possible leak"],
  "Wording of a notice: never less than a leak; recipients counted": ["Wording of a notice"],
  "Seller's staff educated": ["Seller's staff educated"],
  "Seller's privacy policy published": ["Seller's privacy policy published"],
  "Provision, outsourcing, overseas are different things, each with its own basis and consent fields": [
    "Provision, outsourcing and overseas transfer told apart, each with its evidence",
  ],
  "Matrix: not paid is masked, for tools withheld": ["What is not paid is masked, and withheld from tools"],
  "Matrix: open claim, narrow, on our own authority": [
    "What an open claim needs is shown, on our own authority",
  ],
  "Matrix: a moment without a zone is refused": ["A moment without a zone is refused"],
  "Masking: one profile per deployment, on every surface": [
    "One masking profile for every surface of a deployment",
  ],
  "Masking: total, unknown shape or wrong type fully masked": [
    "Unreadable, missing or hostile facts never reveal",
  ],
  "Buyer's rights: access, correction, deletion, suspension (pipa 35 to 37)": [
    "A buyer's request about the own data answered within ten days, both on record",
  ],
  "Replies and posts that show who a buyer is (pipa 29)": [
    "A reply that tells who a buyer is or asks for contact data is held; buyers' texts are shown scrubbed",
  ],
};
