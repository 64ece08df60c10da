/* global React, ReactDOM, GraphiQL */
const defaultQuery = `# 在 Headers 中填入令牌后即可查询。 Paste a token under Headers, then run a query.
query WhoAnswers {
  __typename
}
`;

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
    isHeadersEditorEnabled: true,
    // A token is a secret of some minutes: it is not kept in the browser.
    shouldPersistHeaders: false,
    defaultEditorToolsVisibility: 'headers',
    defaultHeaders: '{\n  "authorization": "Bearer "\n}',
    defaultQuery,
  }),
);
