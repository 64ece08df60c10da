import type { KoaContextWithOIDC } from 'oidc-provider';
import { both, Html, html } from './html.ts';
import { alert, page } from './page.ts';

function show(ctx: KoaContextWithOIDC, text: string): void {
  ctx.type = 'html';
  ctx.body = text;
}

/** The library's form, with our words on its buttons. */
export function signOutPage(ctx: KoaContextWithOIDC, form: string): void {
  const buttons = html`<p>${both('您要退出数据枢纽吗？', 'Do you want to sign out of the hub?')}</p>
      ${new Html(form)}
      <button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>${both('退出登录', 'Sign out')}</button>
      <button type="submit" form="op.logoutForm" class="plain">${both('继续使用', 'Stay signed in')}</button>`;
  show(ctx, page(['退出登录', 'Sign out'], buttons));
}

export function signedOutPage(ctx: KoaContextWithOIDC): void {
  const content = html`<p>${both('您已退出登录。', 'You have signed out.')}</p><p><a href="/graphql">${both('返回', 'Back to the hub')}</a></p>`;
  show(ctx, page(['已退出', 'Signed out'], content));
}

/** What a person sees when a sign-in cannot go on: the protocol's code for whoever helps, no detail. */
export function errorPage(ctx: KoaContextWithOIDC, { error }: { error: string }): void {
  const content = html`${alert('无法继续，请返回后重新登录。 This cannot go on: go back and sign in again.')}
      <p class="hint"><code>${error}</code></p>
      <p><a href="/graphql">${both('返回', 'Back to the hub')}</a></p>`;
  show(ctx, page(['出错了', 'Something went wrong'], content));
}

/** The same for a page of ours that has expired. */
export const expiredPage = () =>
  page(
    ['页面已过期', 'This page has expired'],
    html`${alert('登录页面已过期，请返回后重新登录。 The sign-in page has expired: go back and sign in again.')}
      <p><a href="/graphql">${both('返回', 'Back to the hub')}</a></p>`,
  );
