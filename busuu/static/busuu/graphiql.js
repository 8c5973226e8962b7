"use strict";

const example = `# Sign in over mutation { signIn(email: "emma@demo.example", password: "…") { accessToken } },
# then set the header {"Authorization": "Bearer <accessToken>"} below.
{
  courses { nodes { course level } }
}
`;

// The package has React 17.
ReactDOM.render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: example,
    defaultEditorToolsVisibility: "headers",
    shouldPersistHeaders: true,
  }),
  document.getElementById("graphiql"),
);
