import { type Html, html } from './html.ts';

/** A form that a passkey fills in, see assets/passkey.js; what is asked of the browser stands in it as JSON. */
export const passkeyForm = (action: string, kind: 'get' | 'create', options: object, label: Html): Html =>
  html`<form method="post" action="${action}" data-passkey="${kind}" data-options="${JSON.stringify(options)}">
        <input type="hidden" name="response">
        <p role="alert" hidden>通行密钥未能使用，请重试或改用其他方式。 <span lang="en">The passkey could not be used: try again, or another way.</span></p>
        <button>${label}</button>
      </form>
      <script src="/identity/passkey/browser.js"></script>
      <script src="/identity/passkey/passkey.js"></script>`;
