import bowser from 'bowser';
import type { Shown } from '../sign-in/signed-in.ts';
import { both, html } from './html.ts';

const time = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' });

/** Of what a browser calls itself, what people call it. */
function nameOf(browser: string): string {
  if (browser === '') return '';
  const { browser: its, os } = bowser.parse(browser);
  return [its.name, os.name].filter(Boolean).join(' · ');
}

/** Where somebody has signed in lately, and the way to end all of it but this. */
export const signInsSection = (path: string, signIns: readonly Shown[]) =>
  signIns.length > 0 &&
  html`<h2>${both('最近的登录', 'Recent sign-ins')}</h2>
      <table>
        <thead><tr><th scope="col">${both('时间', 'Time')}</th><th scope="col">${both('地址', 'Address')}</th><th scope="col">${both('浏览器', 'Browser')}</th><th scope="col">${both('会话', 'Session')}</th></tr></thead>
        <tbody>${signIns.map(
          ({ at, address, browser, isOpen }) =>
            html`<tr><td>${time.format(at)}</td><td>${address}</td><td>${nameOf(browser)}</td><td>${isOpen ? both('有效', 'open') : both('已结束', 'ended')}</td></tr>`,
        )}</tbody>
      </table>
      <form method="post" action="${path}/end-others"><button class="plain">${both('结束其他会话', 'End the other sessions')}</button></form>`;
