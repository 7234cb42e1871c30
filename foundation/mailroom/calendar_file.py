"""A message's last day as a calendar file (RFC 5545): escaped, folded at 75 octets, lines ended by CRLF."""

from datetime import UTC, timedelta

from django.conf import settings

from foundation.mailroom.models import Message

FOLD = 75


def escaped(text: str) -> str:
    """TEXT of RFC 5545 3.3.11: backslash, semicolon and comma are escaped, a line break is \\n."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """3.1: no line longer than 75 octets; a character of several octets is never split."""
    pieces, held, room = [], "", FOLD
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(held)
            held, room = "", FOLD - 1
        held, room = held + character, room - size
    return "\r\n ".join([*pieces, held])


def calendar_of(message: Message) -> str:
    """One all-day event on the last day, with a reminder a day before. ValueError for a message without a day."""
    if message.due_on is None:
        raise ValueError("a message without a last day has no calendar file")
    host = settings.BASE_URL.partition("://")[2].partition("/")[0]
    link = f"{settings.BASE_URL}{message.url or f'/messages/{message.public_id}/'}"
    told = "\n".join(part for part in (message.what_to_do, link) if part)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tianti//Mailroom//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{message.public_id}@{host}",
        f"DTSTAMP:{message.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{message.due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{message.due_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped('最后一天：' + message.subject)}",
        f"DESCRIPTION:{escaped(told)}",
        f"URL:{link}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(message.subject)}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)
