from contexts.shared.kernel import Unauthenticated


class NotSignedIn(Unauthenticated):
    code = "not_authenticated"
    message = "Sign in first."
