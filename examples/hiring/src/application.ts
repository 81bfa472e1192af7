import { open, pii, type RecordSchema, schema, subject } from "@garim/express";

/** An application as the platform's own handlers have it. */
export interface Application {
  readonly id: string;
  readonly job: string;
  readonly companyId: string;
  readonly applicantId: string;
  readonly appliedAt: string;
  /** When the job's time to apply is over. */
  readonly deadlineAt: string;
  /** When somebody was hired, or nobody will be, or the applicant withdrew; `null` while it is open. */
  readonly closedAt: string | null;
  readonly applicant: Readonly<Record<"name" | "phone" | "email" | "birth" | "address", string>>;
  readonly letter: string;
}

/** What of an application a company sees, whose it is, and when its purpose begins and ends. */
export const application: RecordSchema<Application> = schema<Application>(
  "application",
  {
    id: open(),
    job: open(),
    applicant: {
      name: pii.name(),
      phone: pii.phone(),
      email: pii.email(),
      // In no role's kinds: masked for everybody, as nobody may be chosen by age.
      birth: pii.birth(),
      address: pii.address(),
    },
    letter: pii.memo(),
  },
  {
    seller: ({ companyId }) => companyId,
    subjects: ({ applicantId, applicant }) => [subject.buyer(applicantId), subject.phone(applicant.phone)],
    state: ({ appliedAt, deadlineAt, closedAt }) => ({
      purposeBeganAt: appliedAt,
      // As after a delivery nobody confirms: a company that never closes the hiring sees stars all the same.
      deliveredAt: deadlineAt,
      purposeEndedAt: closedAt,
    }),
  },
);
