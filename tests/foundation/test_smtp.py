"""A mail server on a real socket that answers as it is told: what we believe afterwards is what happened."""

import socket
import threading
from contextlib import suppress

import pytest

from foundation.mailroom import carriers

LETTER = carriers.Letter("a@example.org", "【天梯】请补正", "请更正两处。", "<1.email@tianti.example.org>")


class Server(threading.Thread):
    """Speaks SMTP for one letter. `fails` maps a word of the client to an answer; "" closes, "hang" says nothing."""

    def __init__(self, **fails):
        super().__init__(daemon=True)
        self.fails, self.taken, self.listening = fails, [], socket.create_server(("127.0.0.1", 0))
        self.port, self.over = self.listening.getsockname()[1], threading.Event()
        self.start()

    def run(self):
        try:
            line, _ = self.listening.accept()
        except OSError:
            return  # closed before anybody came
        with line, line.makefile("rwb") as talk:
            self.say(talk, "220 ready")
            while word := talk.readline().decode().split(" ")[0].strip().upper():
                if word in self.fails and not self.say(talk, self.fails[word]):
                    return
                if word in self.fails:
                    continue
                self.say(talk, {"DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 ok"))
                if word == "DATA":
                    text = b"".join(iter(talk.readline, b".\r\n"))
                    self.taken.append(text.decode())
                    if not self.say(talk, self.fails.get("END", "250 taken")):
                        return
                if word == "QUIT":
                    return

    def say(self, talk, answer):
        if answer == "hang":
            self.over.wait(5)
        if answer in ("", "hang"):
            return False
        talk.write(f"{answer}\r\n".encode())
        talk.flush()
        return True

    def close(self):
        self.over.set()
        with suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)  # wakes a thread that waits for a caller; closing alone does not
        self.listening.close()
        self.join(5)


@pytest.fixture
def server(settings):
    made = []

    def start(**fails):
        made.append(Server(**fails))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", made[-1].port, 0.5
        return made[-1]

    yield start
    for one in made:
        one.close()


def test_a_letter_that_was_taken_is_sent_and_carries_our_id(server):
    post = server()
    assert carriers.Smtp().carry(LETTER) == "邮件服务器已接收"
    assert "Message-ID: <1.email@tianti.example.org>" in post.taken[0]
    assert "Auto-Submitted: auto-generated" in post.taken[0]


@pytest.mark.parametrize(
    ("fails", "error", "words"),
    [
        ({"RCPT": "550 no such user"}, carriers.Undeliverable, "550 no such user"),
        ({"RCPT": "451 try later"}, carriers.NotYet, "451 try later"),
        ({"MAIL": "552 too much"}, carriers.Undeliverable, "552 too much"),
        ({"END": "554 spam"}, carriers.Undeliverable, "554 spam"),
        ({"END": "452 full"}, carriers.NotYet, "452 full"),
        ({"EHLO": "", "HELO": ""}, carriers.NotYet, "SMTPServerDisconnected"),
    ],
)
def test_each_answer_of_a_server_means_what_it_says(server, fails, error, words):
    server(**fails)
    with pytest.raises(error, match=words):
        carriers.Smtp().carry(LETTER)


@pytest.mark.parametrize("end", ["hang", ""])
def test_when_the_line_breaks_after_the_text_nobody_knows_and_we_say_so(server, end):
    post = server(END=end)
    with pytest.raises(carriers.Unsure):
        carriers.Smtp().carry(LETTER)
    assert len(post.taken) == 1


def test_a_goodbye_that_fails_does_not_make_a_sent_letter_unsent(server):
    post = server(QUIT="hang")
    assert carriers.Smtp().carry(LETTER) == "邮件服务器已接收"
    assert len(post.taken) == 1


def test_where_nobody_listens_nothing_was_sent(settings, server):
    server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.EMAIL_PORT = free.getsockname()[1]
    with pytest.raises(carriers.NotYet):
        carriers.Smtp().carry(LETTER)
