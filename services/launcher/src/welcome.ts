import { firstSignIn } from './first-sign-in.ts';
import type { Hub } from './start-hub.ts';
import type { SampleViewer } from './viewers.ts';

/** Every kind of viewer may ask it, and sees its own slice. */
export const questionAbout = (division: string) =>
  `{ division(code: "${division}") { name organisationFigures { organisations employees branches } } organisations(first: 3) { totalCount nodes { legalName employees } } }`;

/** Tokens are for trying, and only where there is a sample to try them on and a terminal that keeps them from files and logs. */
const trying = (url: string, viewers: SampleViewer[], question: string) => [
  '试用令牌（60 分钟内有效）Tokens to try, valid for 60 minutes (more: npm run -s token):',
  '',
  ...viewers.flatMap(({ title, token }) => [`  ${title}`, `    ${token}`, '']),
  '试用查询 A query to paste:',
  '',
  `  ${question}`,
  '',
  `  curl -s ${url}/graphql -H 'content-type: application/json' -H 'authorization: Bearer <token>' \\`,
  `    -d '${JSON.stringify({ query: question })}'`,
  '',
];

const isOpen = (host: string) => !/^(localhost|127(\.\d+){3}|::1)$/.test(host);

/** Passwords and tokens that travel in the open are everybody's. */
const warning = ({ host, address }: Listening) =>
  isOpen(host) && !address.startsWith('https://')
    ? [
        `警告：枢纽在 ${host} 上监听，但 HUB_PUBLIC_URL（${address}）不是 https：密码和令牌会明文传输，请在前面加 TLS 代理。`,
        `Warning: the hub listens on ${host}, and HUB_PUBLIC_URL (${address}) is not https: passwords and tokens travel in the open. Put TLS in front (docs/operations.md).`,
        '',
      ]
    : [];

/** Where the hub listens, and under which address people are told to reach it. */
export interface Listening {
  host: string;
  address: string;
}

/** What a person sees when the hub is up. The last line is read by scripts and stays as it is. */
export function welcome(
  { url, operatorsUrl, administrator, listening }: Pick<Hub, 'url' | 'operatorsUrl' | 'administrator' | 'listening'>,
  dataDirectory: string,
  viewers: SampleViewer[],
  division: string,
): string {
  return [
    '',
    `数据枢纽已启动。用浏览器打开 ${url}/graphql 登录。`,
    `The hub is up. Open ${url}/graphql in a browser and sign in${viewers.length > 0 ? ', or paste a token and the query below' : ''}.`,
    `数据与日志 Data and logs: ${dataDirectory}`,
    `运行状态 Status and metrics, for operators: ${operatorsUrl}/status ${operatorsUrl}/metrics`,
    '',
    ...warning(listening),
    ...(administrator ? firstSignIn(administrator) : []),
    ...(viewers.length > 0 ? trying(url, viewers, questionAbout(division)) : []),
    `Hub ready at ${url}`,
  ].join('\n');
}
