import { graphql } from "react-relay";

export const query = graphql`
  query LessonQuery($id: ID!, $first: Int) {
    node(id: $id) {
      id
      ... on Enrollment { course level }
    }
    courses(first: $first) {
      edges { cursor node { course } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`;
