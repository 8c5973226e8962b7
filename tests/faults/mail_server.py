"""A mail server that takes messages, or postpones them as an overloaded one does."""

import socketserver
import threading
from email import message_from_string
from email.message import Message
from typing import Self


class _Talk(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper().split(" ", 1)[0]
            if verb == "QUIT":
                return self._say("221 bye")
            self._answer(verb)
        return None

    def _answer(self, verb: str) -> None:
        if verb == "RCPT" and self.server.postponing:
            self.server.postponed += 1
            self._say("451 try again later")
        elif verb == "DATA":
            self._say("354 go on")
            self.server.taken.append(self._message())
            self._say("250 taken")
        else:
            self._say("250 ok")

    def _message(self) -> Message:
        lines = iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), ".")
        return message_from_string("\n".join(lines))

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Listens from the start of the block; `taken` are the messages."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        self.taken: list[Message] = []
        self.postponing = True
        self.postponed = 0
        super().__init__(("127.0.0.1", port), _Talk)

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
