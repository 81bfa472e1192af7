/** The version of the Open Cybersecurity Schema Framework that events are written in: https://schema.ocsf.io/1.5.0/ */
export const OCSF_VERSION = "1.5.0";

export interface OcsfOrganization {
  readonly uid: string;
}

export interface OcsfUser {
  readonly uid: string;
  /** 0 unknown, 1 user, 2 admin, 3 system, 99 as `type` says. */
  readonly type_id: number;
  readonly type: string;
  /** The seller. */
  readonly org?: OcsfOrganization;
}

export interface OcsfSession {
  readonly uid: string;
  readonly is_mfa: boolean;
}

export interface OcsfActor {
  readonly user: OcsfUser;
  readonly session?: OcsfSession;
}

/** Where a request came from: an address, or a word where it came from none. */
export type OcsfEndpoint = { readonly ip: string } | { readonly name: string };

export interface OcsfHttpRequest {
  readonly user_agent?: string;
  readonly http_method?: string;
}

export interface OcsfService {
  readonly name: string;
}

export interface OcsfApi {
  /** The route's pattern, never the address that was asked for. */
  readonly operation: string;
  readonly service: OcsfService;
}

/** A data subject, as a pseudonym, or the account it was done to. */
export interface OcsfResource {
  readonly uid: string;
  readonly type: string;
  /** The key of the pseudonym; the seller of the account. */
  readonly namespace?: string;
  readonly labels?: readonly string[];
}

export interface OcsfEntity {
  readonly name: string;
  readonly type: string;
  readonly uid?: string;
}

export interface OcsfAuthFactor {
  readonly factor_type_id: number;
  readonly factor_type: string;
}

export interface OcsfFindingInfo {
  readonly uid: string;
  readonly title: string;
  readonly types: readonly string[];
  readonly created_time: number;
}

export interface OcsfEvidence {
  readonly actor: OcsfActor;
  readonly src_endpoint: OcsfEndpoint;
  readonly user?: OcsfUser;
}

export interface OcsfMetadata {
  readonly version: string;
  readonly product: { readonly name: string; readonly vendor_name: string };
  /** The record's id. Deliver twice, count once: this is what to tell by. */
  readonly uid: string;
  /** Its place in the log. */
  readonly sequence: number;
  readonly log_name: string;
  readonly log_provider: string;
  readonly logged_time: number;
  /** The action, as the log names it. */
  readonly event_code: string;
}

/** An event of OCSF {@link OCSF_VERSION}. Moments are UTC milliseconds. What has no place there stands in `unmapped`. */
export interface OcsfEvent {
  readonly metadata: OcsfMetadata;
  readonly category_uid: number;
  readonly class_uid: number;
  readonly class_name: string;
  readonly activity_id: number;
  readonly activity_name: string;
  readonly type_uid: number;
  readonly severity_id: number;
  readonly status_id: number;
  readonly status_code?: string;
  readonly status_detail?: string;
  readonly message: string;
  readonly time: number;
  readonly start_time?: number;
  readonly end_time?: number;
  readonly count?: number;
  readonly actor?: OcsfActor;
  readonly user?: OcsfUser;
  readonly src_endpoint?: OcsfEndpoint;
  readonly http_request?: OcsfHttpRequest;
  readonly api?: OcsfApi;
  readonly resources?: readonly OcsfResource[];
  readonly service?: OcsfService;
  readonly session?: OcsfSession;
  readonly is_mfa?: boolean;
  readonly auth_factors?: readonly OcsfAuthFactor[];
  readonly entity?: OcsfEntity;
  readonly finding_info?: OcsfFindingInfo;
  readonly evidences?: readonly OcsfEvidence[];
  readonly is_alert?: boolean;
  readonly log_name?: string;
  readonly log_provider?: string;
  readonly unmapped: Readonly<Record<string, unknown>>;
}
