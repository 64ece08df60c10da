import { type Random } from './random.ts';

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
  ...'仝逄亓隋宫邸佟富',
  '欧阳',
  '上官',
  '司马',
  '诸葛',
];

// Solar terms and medicinal herbs: plainly invented, and no real person is likely to be met.
const givens = (
  '惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 立秋 处暑 白露 秋分 寒露 霜降 立冬 冬至 ' +
  '半夏 紫苏 连翘 茯苓 白芷 杜若 忍冬 沉香 青黛 南星 苍术 天冬 麦冬 远志 佩兰 石斛 川芎 泽兰 蒲黄 桑白 决明 款冬 ' +
  '暑 荻 笺 檗 𬭎 㛃'
).split(' ');

/** A name that nobody else at the same enterprise has; the same name may come again elsewhere, as it does in life. */
export function inventedName(random: Random, taken: Set<string>): string {
  for (;;) {
    const name = random.pick(surnames) + random.pick(givens);
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
