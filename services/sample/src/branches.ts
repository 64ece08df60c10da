import { type Enterprise } from './enterprises.ts';

export interface Branch {
  name: string;
  kind: 'SOLO' | 'JOINT';
  division: string;
  creditCodes: string[];
}

export function branchesOf(enterprises: readonly Enterprise[]): Branch[] {
  const branches = new Map<string, Branch>();
  for (const { branchName, branchKind, division, creditCode } of enterprises) {
    if (!branchName || branchKind === 'NONE') continue;
    const branch = branches.get(branchName);
    if (branch) branch.creditCodes.push(creditCode);
    else branches.set(branchName, { name: branchName, kind: branchKind, division: division.code, creditCodes: [creditCode] });
  }
  return [...branches.values()];
}
