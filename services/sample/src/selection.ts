import { city } from './city.ts';
import { type Member } from './members.ts';
import { random } from './random.ts';

export type AwardTitle = '长春好网民' | '正能量好网民';

export interface Round {
  kind: 'NOMINATION' | 'PRELIMINARY' | 'FINAL';
  opensOn: string;
  closesOn: string;
  /** How many go on from it. */
  quota: number;
}

export interface Nominee {
  /** The person on the members register. */
  name: string;
  phone: string;
  creditCode: string;
  nominatedBy: string;
  title: AwardTitle;
  statement: string;
  outcome: 'ELIMINATED_IN_PRELIMINARY' | 'ELIMINATED_IN_FINAL' | 'AWARDED';
  /** Of 100; those who went on had the higher ones of their title. */
  preliminaryScore: number;
  finalScore?: number;
  certificateNo?: string;
}

export interface Selection {
  title: string;
  kind: 'SELECTION';
  division: string;
  startsOn: string;
  endsOn: string;
  conferredOn: string;
  rounds: Round[];
  nominees: Nominee[];
}

const quotas = [
  { title: '长春好网民', nominated: 36, preliminary: 24, awarded: 18, mark: 'HWM' },
  { title: '正能量好网民', nominated: 24, preliminary: 16, awarded: 12, mark: 'ZNL' },
] as const;

const statements = [
  '主动参与网络文明志愿服务，带头不信谣、不传谣。',
  '用短视频讲好长春故事，作品真实温暖。',
  '疫情期间坚持线上值守，为居民解答疑问。',
  '常年为老年人讲解手机使用，耐心细致。',
] as const;

export function buildSelection(members: readonly Member[]): Selection {
  const dice = random('selection');
  const candidates = dice.shuffled(members.filter(({ status }) => status === 'FULL'));

  const nominees = quotas.flatMap(({ title, nominated, preliminary, awarded, mark }) =>
    candidates.splice(0, nominated).map(({ name, phone, creditCode, branchName }, rank): Nominee => {
      const nominee = { name, phone, creditCode, nominatedBy: branchName, title, statement: dice.pick(statements) };
      const preliminaryScore = (rank < preliminary ? 96 : 84) - rank / 2;
      if (rank >= preliminary) return { ...nominee, outcome: 'ELIMINATED_IN_PRELIMINARY', preliminaryScore };
      const finalScore = (rank < awarded ? 98 : 86) - rank / 4;
      if (rank >= awarded) return { ...nominee, outcome: 'ELIMINATED_IN_FINAL', preliminaryScore, finalScore };
      const certificateNo = `CC-2022-${mark}-${String(rank + 1).padStart(3, '0')}`;
      return { ...nominee, outcome: 'AWARDED', preliminaryScore, finalScore, certificateNo };
    }),
  );

  return {
    title: '长春好网民评选',
    kind: 'SELECTION',
    division: city.code,
    startsOn: '2022-09-01',
    endsOn: '2022-12-09',
    conferredOn: '2022-12-09',
    rounds: [
      { kind: 'NOMINATION', opensOn: '2022-09-01', closesOn: '2022-09-30', quota: 60 },
      { kind: 'PRELIMINARY', opensOn: '2022-10-10', closesOn: '2022-10-21', quota: 40 },
      { kind: 'FINAL', opensOn: '2022-11-07', closesOn: '2022-11-18', quota: 30 },
    ],
    nominees: dice.shuffled(nominees),
  };
}
