import { charityProgram } from './charity-program.ts';
import { city, districts } from './city.ts';
import { publishedFigures } from './published-figures.ts';
import { random } from './random.ts';

export interface CommunitySession {
  program: string;
  date: string;
  time: string;
  venue: string;
  division: { code: string; name: string };
  /** 参加人数; at the symposium, representatives of enterprises. */
  seniors: number;
  volunteers: number;
  topic?: '扫码' | '支付' | '地图';
}

const communities = ['云杉', '松果', '丁香', '白桦', '冰凌花', '启明星'];
const times = ['09:00', '09:30', '10:00', '14:00', '14:30'];

export const symposium: CommunitySession = {
  program: '会员企业座谈会',
  date: publishedFigures.symposiumOn,
  time: '14:00',
  venue: '长春市互联网业联合会会议室',
  division: { code: city.code, name: city.name },
  seniors: 46,
  volunteers: 0,
};

/** Four classes in every district, spread over the ten months of the program, the topics in turn. */
export function buildSessions(): CommunitySession[] {
  const dice = random('sessions');
  const classes = districts.flatMap(({ code, name, spoken }, place) =>
    [0, 1, 2, 3].map((turn): CommunitySession => {
      const day = turn * 72 + place * 4 + dice.whole(3, 8);
      return {
        program: charityProgram.name,
        date: new Date(Date.parse(charityProgram.startsOn) + day * 86_400_000).toISOString().slice(0, 10),
        time: dice.pick(times),
        venue: `${spoken}${communities[(place + turn) % communities.length]}社区活动室`,
        division: { code, name },
        seniors: dice.whole(12, 45),
        volunteers: dice.whole(3, 9),
        topic: (['扫码', '支付', '地图'] as const)[(place + turn) % 3]!,
      };
    }),
  );
  return [...classes, symposium].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
