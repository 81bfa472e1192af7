import type { PolicyOptions } from "@garim/policy";

/**
 * This platform's numbers. The edition gives the form (what masks, locks, is recorded and for how long at most); the host sets each number
 * by its own law and plan, inside the edition's bounds: laxer does not start.
 */
export const HIRING: PolicyOptions = {
  edition: "kr-2026-10-31",
  // An applicant's data is needed until the hiring is over; 60 days after the deadline it is taken for over.
  unconfirmedDays: 60,
  // Nobody needs a list of applicants afterwards.
  downloadDays: 0,
  // Applications of children's carers and nurses: what unique identifiers ask for.
  recordYears: 3,
  // Few people decide about applicants, at desks: short sessions cost them little.
  idleMinutes: 15,
  fileDays: 1,
  // Nobody reads five hundred applications an hour.
  watchHourRecords: 100,
  watchDaySubjects: 200,
};
