import type { Ready } from './child.ts';

/** Printed once and written nowhere: whoever misses it takes a new one with `npm run account -- reset admin`. */
export const firstSignIn = ({ loginName, password }: NonNullable<Ready['administrator']>) => [
  '首位管理员（密码只显示这一次，首次登录时须修改）',
  'First administrator (the password is shown this once and has to be changed at the first sign-in):',
  '',
  `  ${loginName}    ${password}`,
  '',
];
