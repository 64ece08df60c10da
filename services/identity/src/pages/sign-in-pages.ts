import type { Grant } from '../grant/grant.ts';
import { guessesPerName, lockMinutes } from '../sign-in/guess.ts';
import { oneTimeHours } from '../sign-in/password.ts';
import { both, html } from './html.ts';
import { alert, page } from './page.ts';

export const refusals = {
  wrong: '登录名或密码不正确。 The login name or the password is not right.',
  locked: `密码错误次数过多（${guessesPerName} 次），请在 ${lockMinutes} 分钟后再试。 Too many wrong passwords (${guessesPerName}): try again in ${lockMinutes} minutes.`,
  ended: `一次性密码已过期（${oneTimeHours} 小时），请管理员重新发放。 The one-time password has ended (${oneTimeHours} hours): ask your administrator for a new one.`,
} as const;

export const cancel = (path: string) =>
  html`<form method="post" action="${path}/cancel"><button class="plain">${both('取消', 'Cancel')}</button></form>`;

export const signInPage = (path: string, { error, loginName = '' }: { error?: string; loginName?: string } = {}) =>
  page(
    ['登录', 'Sign in'],
    html`${alert(error)}
      <form method="post" action="${path}/sign-in">
        <label for="login-name">${both('登录名', 'Login name')}</label>
        <input id="login-name" name="loginName" value="${loginName}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="100" required autofocus ${described(error)}>
        <label for="password">${both('密码', 'Password')}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" maxlength="1000" required ${described(error)}>
        <label class="choice" for="change"><input id="change" name="change" type="checkbox" value="yes"> <span>${both('登录后修改密码', 'Change the password')}</span></label>
        <label class="choice" for="factors"><input id="factors" name="factors" type="checkbox" value="yes"> <span>${both('登录后查看账号安全', 'Account security')}</span></label>
        <button>${both('登录', 'Sign in')}</button>
      </form>
      ${cancel(path)}`,
  );

const described = (error: string | undefined) => error !== undefined && html`aria-describedby="error" aria-invalid="true"`;

export const passwordPage = (path: string, error?: string) =>
  page(
    ['修改密码', 'Change the password'],
    html`${alert(error)}
      <p>${both('请设置只有您自己知道的新密码。', 'Choose a new password that only you know.')}</p>
      <form method="post" action="${path}/password">
        <label for="new-password">${both('新密码', 'New password')}</label>
        <input id="new-password" name="password" type="password" autocomplete="new-password" minlength="10" maxlength="200" required autofocus aria-describedby="${error === undefined ? '' : 'error '}rule" ${error !== undefined && html`aria-invalid="true"`}>
        <p class="hint" id="rule">${both('至少 10 个字符。', 'At least 10 characters.')}</p>
        <label for="again">${both('再次输入新密码', 'New password again')}</label>
        <input id="again" name="again" type="password" autocomplete="new-password" maxlength="200" required>
        <button>${both('保存', 'Save')}</button>
      </form>
      ${cancel(path)}`,
  );

const roleNames: Record<Grant['role'], string> = {
  COMMITTEE: '委员会 Committee',
  ORGANISATION: '会员组织 Member organisation',
  PARTNER: '合作机构 Partner',
  REPORTING: '报表 Reporting',
  AUDITOR: '审计 Auditor',
};

export const grantPage = (path: string, grants: Grant[], error?: string) =>
  page(
    ['选择身份', 'Choose a role'],
    html`${alert(error)}
      <form method="post" action="${path}/grant">
        <fieldset>
          <legend>${both('本次以何种身份使用？', 'As whom do you want to work?')}</legend>
          ${grants.map(
            ({ id, role, division, reason }, i) =>
              html`<label class="choice" for="grant-${i}"><input id="grant-${i}" name="grant" type="radio" value="${id}" required ${i === 0 && html`checked autofocus`}> <span>${roleNames[role]} ${division}<br>${reason}</span></label>`,
          )}
        </fieldset>
        <button>${both('继续', 'Continue')}</button>
      </form>
      ${cancel(path)}`,
  );

export const noGrantPage = (path: string) =>
  page(
    ['没有权限', 'Nothing granted'],
    html`${alert('您的账号目前没有任何授权，请联系管理员。 Nothing is granted to your account at present: ask your administrator.')}
      ${cancel(path)}`,
  );
