"""The ways out of the house. A carrier hands one letter over and says what came back.

Three ways to fail, told apart because they are answered differently: `NotYet` (certainly not taken, try later),
`Undeliverable` (a definite no), `Unsure` (the connection broke after we began to speak: it may have been taken).
"""

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import BadHeaderError

from foundation import clock
from foundation.mailroom.models import LocalSms

LOCAL_BACKENDS = ("console", "locmem", "dummy", "filebased")


class NotYet(Exception):
    """Nobody took the letter; a later attempt doubles nothing."""


class Undeliverable(Exception):
    """The other side said no, for good."""


class Unsure(Exception):
    """It may have been taken, or not; nobody can say."""


@dataclass(frozen=True)
class Letter:
    """What goes out. `provider_id` is the same at every attempt, so that the other side may know a repetition."""

    to: str
    subject: str
    text: str
    provider_id: str


class Carrier(Protocol):
    """`knows_repetitions`: the provider takes one id once, so an attempt that broke off may simply be repeated."""

    name: str
    knows_repetitions: bool

    def carry(self, letter: Letter) -> str: ...


class Smtp:
    """Django's mail backend. SMTP has no "was it taken?": a broken connection after DATA stays an open question."""

    name = "SMTP"
    knows_repetitions = False

    def carry(self, letter: Letter) -> str:
        connection = get_connection(timeout=settings.EMAIL_TIMEOUT)
        try:
            connection.open()
            line = getattr(connection, "connection", None)
            if isinstance(line, smtplib.SMTP):
                line.ehlo_or_helo_if_needed()  # a server that does not even greet has certainly taken nothing
        except (OSError, smtplib.SMTPException) as error:
            raise NotYet(f"{type(error).__name__}: {error}") from error
        headers = {"Message-ID": letter.provider_id, "Auto-Submitted": "auto-generated"}
        mail = EmailMessage(letter.subject, letter.text, None, [letter.to], headers=headers, connection=connection)
        try:
            mail.send()
        except BadHeaderError as error:
            raise Undeliverable(str(error)) from error
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _answered(code, words) from error
        except smtplib.SMTPResponseException as error:
            raise _answered(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unsure(f"{type(error).__name__}: {error}") from error
        finally:
            # A goodbye that fails changes nothing about the letter.
            with suppress(OSError, smtplib.SMTPException):
                connection.close()
        return "邮件服务器已接收"


def _answered(code: int, words: bytes | str) -> Exception:
    told = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    return Undeliverable(told) if code >= 500 else NotYet(told)


class LocalFake:
    """Stands in for an SMS provider in the demonstration: a table instead of a telephone."""

    name = "短信（演示替身）"
    knows_repetitions = True

    def carry(self, letter: Letter) -> str:
        _, is_new = LocalSms.objects.get_or_create(
            provider_id=letter.provider_id, defaults={"phone": letter.to, "text": letter.text, "at": clock.now()}
        )
        return "演示替身已接收" if is_new else "演示替身此前已接收"


SMS_ADAPTERS: dict[str, type[Carrier]] = {"local": LocalFake}
"""A province registers its provider here by name; `SMS_ADAPTER` chooses one."""


def carrier_for(channel: str) -> Carrier | None:
    """The configured way out, or none. A mail backend that ends in this machine is no way out of a real house."""
    if channel == "sms":
        found = SMS_ADAPTERS.get(settings.SMS_ADAPTER)
        return found() if found else None
    if not settings.MAIL_STAYS_HERE and any(word in settings.EMAIL_BACKEND for word in LOCAL_BACKENDS):
        return None
    return Smtp()
