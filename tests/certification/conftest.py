"""A firm with a title, and a clock to wake up by."""

import pytest
from django.conf import settings as live

from foundation import clock
from tests.certification.titled import titled


@pytest.fixture
def firm(house):
    """One enterprise, one title from 20 January 2026 on, one person of its own."""
    return titled()


@pytest.fixture
def on(settings):
    """Wake up on a day, through the one clock. One override, moved as often as there are nights."""
    settings.CLOCK_OFFSET_SECONDS = 0

    def wake(day):
        live.CLOCK_OFFSET_SECONDS = 0
        live.CLOCK_OFFSET_SECONDS = (day - clock.today()).days * 86_400
        assert clock.today() == day

    return wake
