import { wordsOf } from "../kit/words.ts";

/** What can be done for somebody's account. */
export type Deed = "unlock" | "reset" | "end-sessions" | "dismiss" | "reinstate" | "reactivate";

interface DeedWords {
  readonly name: string;
  readonly does: string;
}

/** Words of the page of staff. */
export const say = wordsOf(
  {
    title: "담당자 관리",
    lead: "담당자를 열어 보거나 여기서 한 일은 모두 접속기록에 남습니다.",
    notHere: "한 번이라도 들어온 담당자만 보입니다. 담당자를 만들고 권한을 주는 일은 마켓의 화면에서 합니다.",
    none: "아직 들어온 담당자가 없습니다.",
    rights: "권한",
    since: "",
    sinceAfter: "부터",
    noRights: "권한 없음",
    roles: {
      owner: "대표 관리자",
      shipper: "배송 담당",
      claims: "클레임 담당",
      downloader: "내려받기 담당",
      viewer: "조회 담당",
    } as Record<string, string>,
    usedAt: "마지막 접속",
    never: "없음",
    states: { active: "사용 중", dormant: "휴면", dismissed: "업무에서 제외됨" } as Record<string, string>,
    self: "본인 계정은 여기서 바꿀 수 없습니다.",
    locked: "잠김, 풀리는 시각",
    disabled: "인증에 계속 실패하여 정지되었습니다.",
    done: (who: string, deed: string) => `${who}: ${deed} · 처리했습니다.`,
    deeds: {
      unlock: {
        name: "잠금 해제",
        does: "실패 횟수를 지우고 다시 인증할 수 있게 합니다. 등록된 수단은 그대로입니다.",
      },
      reset: {
        name: "인증 수단 초기화",
        does: "등록된 수단과 복구 코드를 모두 지우고 접속을 모두 끝냅니다. 다음 로그인 때 새로 등록해야 하니, 본인이 맞는지 먼저 확인하세요.",
      },
      "end-sessions": {
        name: "접속 모두 끝내기",
        does: "열린 접속을 모두 끝냅니다. 다시 로그인할 수 있습니다.",
      },
      dismiss: {
        name: "담당자 제외",
        does: "열린 접속을 모두 끝내고, 복귀 처리할 때까지 접속하지 못하게 합니다.",
      },
      reinstate: { name: "담당자 복귀", does: "다시 접속할 수 있게 합니다." },
      reactivate: { name: "휴면 해제", does: "말소된 권한을 되살려 다시 접속할 수 있게 합니다." },
    } as Readonly<Record<Deed, DeedWords>>,
  },
  {
    title: "Staff",
    lead: "Looking at somebody's account is on record, and so is all that is done here.",
    notHere:
      "Only who has come in at least once is listed. Staff are made and given their roles on the market's own pages.",
    none: "Nobody has come in yet.",
    rights: "Roles",
    since: "since ",
    sinceAfter: "",
    noRights: "No role",
    roles: {
      owner: "owner",
      shipper: "shipping",
      claims: "claims",
      downloader: "downloads",
      viewer: "viewing",
    },
    usedAt: "Last here",
    never: "Never",
    states: { active: "active", dormant: "dormant", dismissed: "dismissed" },
    self: "Your own account is not changed here.",
    locked: "Locked until",
    disabled: "Turned off after too many wrong codes.",
    done: (who, deed) => `${who}: ${deed} · done.`,
    deeds: {
      unlock: { name: "Unlock", does: "Lifts the lock and forgets the failed tries. Second factors stay." },
      reset: {
        name: "Reset factors",
        does: "Removes every factor and recovery code and ends all sessions. Whoever logs in next sets up anew, so make sure first that it is really this person.",
      },
      "end-sessions": {
        name: "End all sessions",
        does: "Ends every open session. The person can log in again.",
      },
      dismiss: {
        name: "Dismiss",
        does: "Ends every session and lets none open until the person is reinstated.",
      },
      reinstate: { name: "Reinstate", does: "Lets the person come in again." },
      reactivate: { name: "Reactivate", does: "Gives back rights that ended for want of use." },
    },
  },
);

/** What a role is called; its own name where the host made it up. */
export function roleText(role: string): string {
  return say.roles[role] ?? role;
}
