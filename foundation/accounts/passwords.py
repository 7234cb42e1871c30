"""AUTH_POLICY: 等保 asks for mixed characters and a yearly-or-sooner change, ASVS forbids both; the law wins.

`djbh3` (default): officials' passwords mix three of four kinds of characters and are changed every PASSWORD_DAYS.
`asvs`: length and the list of known passwords only. Both: twelve characters, nothing cut off.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from foundation import clock

KINDS = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())


class MixedCharacters:
    """Three of: small letters, capital letters, digits, other signs. Chinese characters count as other signs."""

    def validate(self, password: str, user: Any = None) -> None:
        if settings.AUTH_POLICY != "djbh3" or not _is_official(user):
            return
        if sum(any(kind(c) for c in password) for kind in KINDS) < 3:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return "工作人员的密码须含大写字母、小写字母、数字、其他符号中的三种"


def is_due(user: Any) -> bool:
    """An official's password is older than the policy allows."""
    if user is None or settings.AUTH_POLICY != "djbh3" or settings.DEMO:
        return False
    changed = user.password_changed_at or user.date_joined
    return bool(changed < clock.now() - timedelta(days=settings.PASSWORD_DAYS))


def _is_official(user: Any) -> bool:
    return user is not None and user.pk is not None and user.posts.exists()
