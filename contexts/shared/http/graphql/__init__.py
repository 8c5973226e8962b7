"""GraphQL over HTTP: one endpoint, bounded before anything is run."""

from contexts.shared.http.graphql.view import endpoint
