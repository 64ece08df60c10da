import { renderSVG } from 'uqr';
import { type Factors, hasFactor } from '../factor/factors.ts';
import type { Shown as SignInShown } from '../sign-in/signed-in.ts';
import { both, type Html, html } from './html.ts';
import { alert, page } from './page.ts';
import { passkeyForm } from './passkey-form.ts';
import { cancel } from './sign-in-pages.ts';
import { signInsSection } from './sign-ins-section.ts';

interface Shown {
  factors: Factors;
  /** For a new passkey, where the browser can make one for this address. */
  options?: object | undefined;
  /** For a new app. */
  app?: { key: string; uri: string } | undefined;
  isDemanded: boolean;
  /** None where a factor has to be added first. */
  signIns: readonly SignInShown[];
  error?: string | undefined;
}

const day = (date: Date) => date.toISOString().slice(0, 10);
const imageOf = (uri: string) => `data:image/svg+xml;base64,${Buffer.from(renderSVG(uri)).toString('base64')}`;

const remove = (path: string, factor: string, what: Html) =>
  html`<form method="post" action="${path}/remove-factor"><input type="hidden" name="factor" value="${factor}">
        <p>${what} <button class="plain">${both('移除', 'Remove')} <span class="unseen">${what}</span></button></p></form>`;

const newApp = (path: string, { key, uri }: { key: string; uri: string }, error: string | undefined) =>
  html`<h2>${both('验证器应用', 'App for codes')}</h2>
      <p>${both('用验证器应用扫描，或手工输入密钥，再填写应用显示的验证码。', 'Scan this with your app, or type the key; then enter the code it shows.')}</p>
      <p><img src="${imageOf(uri)}" alt="二维码，内容与下面的密钥相同 QR code of the key below" width="200" height="200"></p>
      <p><code id="key">${key.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
      <form method="post" action="${path}/new-app">
        <label for="code">${both('验证码', 'Code')}</label>
        <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required ${error !== undefined && html`aria-describedby="error" aria-invalid="true"`}>
        <button>${both('添加应用', 'Add the app')}</button>
      </form>`;

/** A person's own second factors: what there is, and what may be added. */
export const factorsPage = (path: string, { factors, options, app, isDemanded, signIns, error }: Shown) =>
  page(
    isDemanded ? ['两步验证', 'Second factor'] : ['账号安全', 'Account security'],
    html`${alert(error)}
      ${isDemanded && html`<p>${both('您的权限要求两步验证，请至少添加一种方式。', 'What you may do asks for a second factor: add one to go on.')}</p>`}
      <h2>${both('通行密钥', 'Passkeys')}</h2>
      ${factors.passkeys.map(({ id, createdAt }) => remove(path, id, both(`通行密钥，添加于 ${day(createdAt)}`, `Passkey of ${day(createdAt)}`)))}
      ${options ? passkeyForm(`${path}/new-passkey`, 'create', options, both('添加通行密钥', 'Add a passkey')) : html`<p class="hint">${both('通过 IP 地址访问时不能使用通行密钥。', 'Passkeys need the hub to be reached by a name over https.')}</p>`}
      ${app && newApp(path, app, error)}
      ${factors.codeApp !== null && html`<h2>${both('验证器应用', 'App for codes')}</h2>${remove(path, 'app', both(`添加于 ${day(factors.codeApp.createdAt)}`, `App of ${day(factors.codeApp.createdAt)}`))}`}
      ${
        hasFactor(factors) &&
        html`<h2>${both('恢复码', 'Recovery codes')}</h2>
      <p>${both(`还剩 ${factors.recovery} 个。`, `${factors.recovery} are left.`)}</p>
      <form method="post" action="${path}/new-recovery"><button class="plain">${both('生成新的恢复码', 'New recovery codes')}</button></form>`
      }
      ${signInsSection(path, signIns)}
      ${!isDemanded && html`<form method="post" action="${path}/factors-done"><button>${both('完成', 'Done')}</button></form>`}
      ${cancel(path)}`,
  );

/** New recovery codes, which nobody can show again. */
export const recoveryPage = (path: string, codes: string[]) =>
  page(
    ['恢复码', 'Recovery codes'],
    html`<p>${both('请抄下或打印：只显示这一次，每个只能用一次。', 'Write these down or print them: they are shown this once, and each works once.')}</p>
      <ul>${codes.map(code => html`<li><code>${code}</code></li>`)}</ul>
      <p><a href="${path}">${both('已保存，继续', 'I have kept them: continue')}</a></p>`,
  );
