export type { Keeper } from "./on-record.ts";
export { createPurges, type PurgesOptions } from "./purge/create-purges.ts";
export type {
  Confirmed,
  DestructionReceipt,
  OwedPurge,
  PurgePage,
  PurgeRequest,
  Purges,
  ReadOrder,
} from "./purge/purge.ts";
export { createRegister, type RegisterOptions } from "./register/create-register.ts";
export type {
  Agreement,
  Contract,
  FiledAgreement,
  FiledContract,
  Register,
  SubProcessor,
} from "./register/register.ts";
export type { DutyDatabase } from "./store/database.ts";
export type { FollowedRoom, FollowerPort } from "./store/follower.ts";
export { DUTIES_MIGRATION, DUTIES_VERSION, migrateDuties, readDutiesVersion } from "./tables/migration.ts";
