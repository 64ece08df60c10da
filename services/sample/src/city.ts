export const city = { code: '220100', name: '长春市' } as const;

export interface District {
  code: string;
  name: string;
  /** As people say it in the name of a branch. */
  spoken: string;
  /** Enterprises that established a branch of their own. */
  solo: number;
  /** One entry for each joint branch: how many enterprises formed it. */
  joint: readonly number[];
  /** Enterprises without a branch. */
  without: number;
}

/** Districts, counties and development zones of Changchun: 45 own branches, 17 joint ones of 48 enterprises, 12 enterprises without. */
export const districts: readonly District[] = [
  { code: '220102', name: '南关区', spoken: '南关区', solo: 5, joint: [4, 3], without: 1 },
  { code: '220103', name: '宽城区', spoken: '宽城区', solo: 4, joint: [3], without: 1 },
  { code: '220104', name: '朝阳区', spoken: '朝阳区', solo: 6, joint: [4, 2, 2], without: 1 },
  { code: '220105', name: '二道区', spoken: '二道区', solo: 2, joint: [3], without: 1 },
  { code: '220106', name: '绿园区', spoken: '绿园区', solo: 3, joint: [2], without: 1 },
  { code: '220112', name: '双阳区', spoken: '双阳区', solo: 2, joint: [], without: 1 },
  { code: '220113', name: '九台区', spoken: '九台区', solo: 1, joint: [2], without: 0 },
  { code: '220122', name: '农安县', spoken: '农安县', solo: 1, joint: [], without: 1 },
  { code: '220171', name: '长春经济技术开发区', spoken: '经开区', solo: 3, joint: [4, 2], without: 1 },
  { code: '220172', name: '长春净月高新技术产业开发区', spoken: '净月高新区', solo: 5, joint: [3, 3], without: 1 },
  { code: '220173', name: '长春高新技术产业开发区', spoken: '长春高新区', solo: 6, joint: [4, 3], without: 1 },
  { code: '220174', name: '长春汽车经济技术开发区', spoken: '汽开区', solo: 3, joint: [2], without: 1 },
  { code: '220182', name: '榆树市', spoken: '榆树市', solo: 2, joint: [], without: 0 },
  { code: '220183', name: '德惠市', spoken: '德惠市', solo: 1, joint: [], without: 1 },
  { code: '220184', name: '公主岭市', spoken: '公主岭市', solo: 1, joint: [2], without: 0 },
];
