"""What the mailroom tells the storeys above it."""

from django.dispatch import Signal

notice_opened = Signal()
"""(message, actor): the recipient has opened a served notice; in the transaction of the opening."""
