/**
 * What people take where a password is asked for, in Korea and elsewhere: the words behind it, in small letters. Figures and
 * signs around them, and letters written as figures, are taken away before one is looked up here.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    "password passwd pass passwort qwerty qwertyuiop qwer asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qweasd qweasdzxc qazwsx qazwsxedc " +
    "admin administrator root manager master login user guest test tester welcome letmein iloveyou love monkey dragon sunshine princess " +
    "football baseball superman batman shadow michael jordan hello secret changeme default system company office excel download order " +
    "orders seller shop store market delivery customer korea seoul busan daehan daehanminguk samsung naver kakao coupang gmarket " +
    "auction interpark smartstore eleven wemakeprice tmon garim abcd abcde abcdef abcdefg abcdefgh abc abcabc aaaa spring summer autumn winter " +
    "sarang saranghae dkssud dkssudgktpdy rkskek tkfkd tkfkdgo dlsxjspt rhksflwk qlalfqjsgh dkagh anjdla vhvhdl " +
    "비밀번호 관리자 사랑 사랑해 안녕 안녕하세요 판매자 주문 주문서 대한민국 가림"
  ).split(" "),
);
