"""GraphQL over HTTP: one endpoint that checks its limits before it runs a document."""

from contexts.shared.http.graphql.view import endpoint
