/* global React, ReactDOM, GraphiQL */

import { accessToken, resumeSession } from './session.js';
import { showSession } from './session-bar.js';

const defaultQuery = `# 登录后即可查询，Ctrl+Enter 执行。 Sign in, then run a query with Ctrl-Enter.
query WhoAnswers {
  __typename
}
`;

/** With the token of the person signed in, unless another one was pasted under Headers. */
async function fetchAsPerson(url, init) {
  const headers = new Headers(init.headers);
  const token = headers.has('authorization') ? undefined : await accessToken();
  if (token) headers.set('authorization', `Bearer ${token}`);
  return fetch(url, { ...init, headers });
}

await resumeSession(showSession);

const editor = document.getElementById('graphiql');

/** The editor keeps Tab for itself: Escape leaves it for the bar, unless it closes a list of suggestions. */
function leaveEditor(event) {
  if (event.key !== 'Escape' || !event.target.closest('.CodeMirror') || document.querySelector('.CodeMirror-hints')) return;
  // Whatever key the editor hears, it takes the focus back.
  event.stopPropagation();
  document.querySelector('.bar button:not([hidden])')?.focus();
}
editor.addEventListener('keydown', leaveEditor, true);

ReactDOM.createRoot(editor).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: '/graphql', fetch: fetchAsPerson }),
    isHeadersEditorEnabled: true,
    // A token is a secret of some minutes: it is not kept in the browser.
    shouldPersistHeaders: false,
    defaultQuery,
  }),
);
