import { guessesPerName, lockMinutes } from '../sign-in/guess.ts';
import { both, html } from './html.ts';
import { alert, page } from './page.ts';
import { passkeyForm } from './passkey-form.ts';
import { cancel } from './sign-in-pages.ts';

export const factorRefusals = {
  wrong: '验证码或通行密钥不正确，或已用过。 The code or the passkey is not right, or was used before.',
  locked: `错误次数过多（${guessesPerName} 次），请在 ${lockMinutes} 分钟后再试。 Too many wrong tries (${guessesPerName}): try again in ${lockMinutes} minutes.`,
} as const;

/** Asks for a second factor, after the password was right. */
export const askFactorPage = (path: string, { options, error }: { options?: object | undefined; error?: string | undefined }) =>
  page(
    ['两步验证', 'Second factor'],
    html`${alert(error)}
      ${options && passkeyForm(`${path}/passkey`, 'get', options, both('使用通行密钥', 'Use a passkey'))}
      <form method="post" action="${path}/code">
        <label for="code">${both('验证码', 'Code')}</label>
        <input id="code" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="40" required ${!options && html`autofocus`} aria-describedby="${error === undefined ? '' : 'error '}hint" ${error !== undefined && html`aria-invalid="true"`}>
        <p class="hint" id="hint">${both('验证器应用显示的 6 位数字，或一个恢复码。', 'The 6 digits your app shows, or a recovery code.')}</p>
        <button>${both('继续', 'Continue')}</button>
      </form>
      ${cancel(path)}`,
  );
