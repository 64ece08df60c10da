import { canaryPinyin, canaryPrefix, type Employer } from './canaries.ts';
import { type Oracle, types } from './oracle.ts';
import type { Vocabulary } from './random-operations.ts';
import type { TestHub } from './test-hub.ts';

interface Node {
  id: string;
  creditCode: string;
  kind: string;
  division: { code: string };
}

/** Real ids, divisions and credit codes of a hub, all slices mixed. */
export async function vocabularyOf(
  hub: TestHub,
  oracle: Oracle,
): Promise<Vocabulary & { organisations: Employer[]; partner: string }> {
  const { organisations } = await hub.get(
    { role: 'COMMITTEE', division: '220100' },
    '{ organisations(first: 200) { nodes { id creditCode kind division { code } } } }',
  );
  const nodes = organisations.nodes as Node[];
  const divisions = [...new Set(nodes.map(({ division }) => division.code)), '220000', '110105', '220200'];
  return {
    searches: ['长春', '公司', '中共', '1', canaryPrefix, canaryPinyin],
    ids: Object.keys(types).flatMap(type =>
      oracle
        .ids(type)
        .filter(id => id.length === 36)
        .slice(0, 120),
    ),
    divisions,
    creditCodes: nodes.map(({ creditCode }) => creditCode),
    organisations: nodes
      .filter(({ kind }) => kind === 'ENTERPRISE')
      .map(({ id, division, creditCode }) => ({ id, division: division.code, creditCode })),
    partner: nodes.find(({ kind }) => kind === 'CHARITY')!.id,
  };
}
