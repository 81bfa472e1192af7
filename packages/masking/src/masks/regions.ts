const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** 시·도, in full, as people shorten them, and by the names of before 2023 and 2024. */
const PROVINCES = words(`
  서울특별시 부산광역시 대구광역시 인천광역시 광주광역시 대전광역시 울산광역시 세종특별자치시
  경기도 강원특별자치도 강원도 충청북도 충청남도 전북특별자치도 전라북도 전라남도 경상북도 경상남도 제주특별자치도 제주도
  서울시 부산시 대구시 인천시 대전시 울산시 세종시
  서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주
`);

/** 시 below a province: a 구 may follow. */
const CITIES = words(`
  수원시 성남시 의정부시 안양시 부천시 광명시 평택시 동두천시 안산시 고양시 과천시 구리시 남양주시 오산시 시흥시 군포시
  의왕시 하남시 용인시 파주시 이천시 안성시 김포시 화성시 광주시 양주시 포천시 여주시
  춘천시 원주시 강릉시 동해시 태백시 속초시 삼척시 청주시 충주시 제천시 천안시 공주시 보령시 아산시 서산시 논산시 계룡시
  당진시 전주시 군산시 익산시 정읍시 남원시 김제시 목포시 여수시 순천시 나주시 광양시
  포항시 경주시 김천시 안동시 구미시 영주시 영천시 상주시 문경시 경산시
  창원시 진주시 통영시 사천시 김해시 밀양시 거제시 양산시 제주시 서귀포시
`);

/** 군 and 구: the run ends with one. */
const DISTRICTS = words(`
  종로구 중구 용산구 성동구 광진구 동대문구 중랑구 성북구 강북구 도봉구 노원구 은평구 서대문구 마포구 양천구 강서구 구로구
  금천구 영등포구 동작구 관악구 서초구 강남구 송파구 강동구
  서구 동구 남구 북구 영도구 부산진구 동래구 해운대구 사하구 금정구 연제구 수영구 사상구 기장군
  수성구 달서구 달성군 군위군 미추홀구 연수구 남동구 부평구 계양구 제물포구 영종구 검단구 서해구 강화군 옹진군
  광산구 유성구 대덕구 울주군
  장안구 권선구 팔달구 영통구 수정구 중원구 분당구 만안구 동안구 원미구 소사구 오정구 상록구 단원구 덕양구 일산동구 일산서구
  처인구 기흥구 수지구 만세구 효행구 병점구 동탄구 연천군 가평군 양평군
  홍천군 횡성군 영월군 평창군 정선군 철원군 화천군 양구군 인제군 고성군 양양군
  상당구 서원구 흥덕구 청원구 보은군 옥천군 영동군 증평군 진천군 괴산군 음성군 단양군
  동남구 서북구 금산군 부여군 서천군 청양군 홍성군 예산군 태안군
  완산구 덕진구 완주군 진안군 무주군 장수군 임실군 순창군 고창군 부안군
  담양군 곡성군 구례군 고흥군 보성군 화순군 장흥군 강진군 해남군 영암군 무안군 함평군 영광군 장성군 완도군 진도군 신안군
  의성군 청송군 영양군 영덕군 청도군 고령군 성주군 칠곡군 예천군 봉화군 울진군 울릉군
  의창구 성산구 마산합포구 마산회원구 진해구 의령군 함안군 창녕군 남해군 하동군 산청군 함양군 거창군 합천군
`);

/** A region by its name; level 1 is a 시·도, 2 a 시, 3 a 군 or 구. An address names them in this order. */
export interface Region {
  readonly name: string;
  readonly level: number;
}

/**
 * Every region, by the hash of its name.
 *
 * A closed list, not an ending: `김형구` ends like a district and is a person. A region that is missing here is masked, which is
 * the safe side.
 */
export const REGIONS: ReadonlyMap<number, Region> = new Map(
  [PROVINCES, CITIES, DISTRICTS].flatMap((names, i) =>
    names.map((name) => [hashOf(name), { name, level: i + 1 }] as const),
  ),
);

/** Code units of the longest name. */
export const LONGEST_REGION: number = Math.max(...Array.from(REGIONS.values(), ({ name }) => name.length));

/** Adds a code unit to a hash of 32 bits; an empty text's is 0. The names' own differ, which a test holds. */
export function addToHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

function hashOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = addToHash(hash, name.charCodeAt(i));
  return hash;
}
