import type { Hub } from './start-hub.ts';
import type { SampleViewer } from './viewers.ts';

const question =
  '{ division(code: "220102") { name organisationFigures { organisations employees branches } peopleFigures { members } campaignFigures { awards } programFigures { sessionsHeld donatedTotal } organisations(first: 3) { totalCount nodes { legalName employees memberCount } } } }';

/** Printed once and written nowhere: whoever misses it takes a new one with `npm run account -- reset admin`. */
const firstSignIn = ({ loginName, password }: NonNullable<Hub['administrator']>) => [
  '首位管理员（密码只显示这一次，首次登录时须修改）',
  'First administrator (the password is shown this once and has to be changed at the first sign-in):',
  '',
  `  ${loginName}    ${password}`,
  '',
];

/** What a person sees when the hub is up. The last line is read by scripts and stays as it is. */
export function welcome(
  { url, administrator }: Pick<Hub, 'url' | 'administrator'>,
  dataDirectory: string,
  viewers: SampleViewer[],
): string {
  const tokens = viewers.flatMap(({ title, token }) => [`  ${title}`, `    ${token}`, '']);
  return [
    '',
    `数据枢纽已启动。用浏览器打开 ${url}/graphql，粘贴下面的令牌和查询即可试用。`,
    `The hub is up. Open ${url}/graphql in a browser and paste a token and the query below.`,
    `数据与日志 Data and logs: ${dataDirectory}`,
    '',
    ...(administrator ? firstSignIn(administrator) : []),
    '试用令牌（60 分钟内有效）Tokens to try, valid for 60 minutes (more: npm run -s token):',
    '',
    ...tokens,
    '试用查询 A query to paste:',
    '',
    `  ${question}`,
    '',
    `  curl -s ${url}/graphql -H 'content-type: application/json' -H 'authorization: Bearer <token>' \\`,
    `    -d '${JSON.stringify({ query: question })}'`,
    '',
    `Hub ready at ${url}`,
  ].join('\n');
}
