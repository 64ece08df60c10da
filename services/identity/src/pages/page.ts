import { type Html, html } from './html.ts';

/** Nothing from elsewhere, nothing inline, no script, in no frame. */
export const pageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  // The origin of a form is checked, so it has to be sent.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** A whole page around its content. */
export const page = (title: [chinese: string, english: string], content: Html): string =>
  html`<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title[0]} ${title[1]} · 数据枢纽 Hub</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/identity/style.css">
  </head>
  <body>
    <main>
      <h1>${title[0]} <span lang="en">${title[1]}</span></h1>
      ${content}
    </main>
  </body>
</html>
`.text;

/** What went wrong, read out at once. */
export const alert = (message: string | undefined) => message !== undefined && html`<p role="alert" id="error">${message}</p>`;
