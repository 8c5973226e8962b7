from contexts.shared.kernel import Forbidden


class NotSignedIn(Forbidden):
    code = "not_authenticated"
    message = "Sign in first."
