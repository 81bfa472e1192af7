export type { Keeper } from "./on-record.ts";
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
