class Query:
    pass


class Mutation:
    pass
