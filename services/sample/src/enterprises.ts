import { apportion } from './apportion.ts';
import { type District, districts } from './city.ts';
import { companyNames, industries, streets } from './company-names.ts';
import { inventedCreditCode } from './credit-code.ts';
import { publishedFigures } from './published-figures.ts';
import { type Random, random } from './random.ts';

export interface Enterprise {
  creditCode: string;
  legalName: string;
  shortName: string;
  division: { code: string; name: string };
  industry: { code: string; name: string };
  isKey: true;
  registeredOn: string;
  employees: number;
  /** 万元 */
  outputValue: number;
  branchKind: 'SOLO' | 'JOINT' | 'NONE';
  branchName?: string;
  reportedMembers: number;
  address: string;
  period: string;
}

interface Place {
  district: District;
  branchKind: Enterprise['branchKind'];
  /** Of the joint branch in its district, and how many enterprises formed it. */
  joint?: { number: number; size: number };
}

const placesIn = (district: District): Place[] => [
  ...Array.from({ length: district.solo }, (): Place => ({ district, branchKind: 'SOLO' })),
  ...district.joint.flatMap((size, index) =>
    Array.from({ length: size }, (): Place => ({ district, branchKind: 'JOINT', joint: { number: index, size } })),
  ),
  ...Array.from({ length: district.without }, (): Place => ({ district, branchKind: 'NONE' })),
];

/** Enterprises join with others because they have fewer than the three members that a branch of one's own needs. */
function membersOf(places: readonly Place[], dice: Random): number[] {
  const members = places.map(({ joint }) => (joint ? dice.whole(joint.size === 2 ? 2 : 1, 3) : 0));
  const rest = publishedFigures.members - members.reduce((all, count) => all + count, 0);
  const solo = places.flatMap(({ branchKind }, index) => (branchKind === 'SOLO' ? [index] : []));
  const shares = apportion(
    rest,
    solo.map(() => dice.between(0.4, 2.2)),
    3,
  );
  for (const [index, place] of solo.entries()) members[place] = shares[index]!;
  return members;
}

function employeesOf(members: readonly number[], dice: Random): number[] {
  const floors = members.map(count => 9 + count * 2);
  const above = publishedFigures.employees - floors.reduce((all, floor) => all + floor, 0);
  const shares = apportion(
    above,
    members.map(count => (4 + count) * dice.between(0.3, 1.7) ** 2),
  );
  return floors.map((floor, index) => floor + shares[index]!);
}

function branchNameOf(shortName: string, { district, branchKind, joint }: Place): string | undefined {
  if (branchKind === 'SOLO') return `中共长春${shortName}支部委员会`;
  if (joint) return `中共${district.spoken}互联网企业第${'一二三'[joint.number]}联合支部委员会`;
  return undefined;
}

export function buildEnterprises(): Enterprise[] {
  const dice = random('enterprises');
  const places = districts.flatMap(placesIn);
  const names = companyNames(dice);
  const members = membersOf(places, dice);
  const employees = employeesOf(members, dice);

  return places.map((place, index) => {
    const { code, name } = place.district;
    const industry = dice.pick(industries);
    const shortName = names[index]! + industry.trade;
    const date = Date.UTC(dice.whole(2003, 2020), dice.whole(0, 11), dice.whole(1, 28));
    return {
      creditCode: inventedCreditCode('91', code, 1009 + index * 37),
      legalName: `${dice.whole(0, 9) === 0 ? '吉林省' : '长春'}${shortName}${dice.whole(0, 11) === 0 ? '股份' : ''}有限公司`,
      shortName,
      division: { code, name },
      industry: { code: industry.code, name: industry.name },
      isKey: true,
      registeredOn: new Date(date).toISOString().slice(0, 10),
      employees: employees[index]!,
      outputValue: Math.round(employees[index]! * dice.between(22, 95)),
      branchKind: place.branchKind,
      branchName: branchNameOf(shortName, place),
      reportedMembers: members[index]!,
      address: `${name.startsWith('长春') ? '' : '长春市'}${name}${dice.pick(streets)}${dice.whole(1, 999)}号`,
      period: '2022',
    };
  });
}
