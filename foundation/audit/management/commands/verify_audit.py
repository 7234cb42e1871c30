"""`./tianti manage verify_audit`: is the record what was sealed? Exit 1 and one line per finding when it is not."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.audit.inspections import note
from foundation.audit.models import AuditEvent, AuditLink, AuditSeal
from foundation.audit.seal import NoKey
from foundation.audit.verify import verify


class Command(BaseCommand):
    help = "Recompute digests, chain and signatures of the audit record; name every row that was tampered with."

    def handle(self, **options: Any) -> None:
        began = time.monotonic()
        try:
            found = verify()
        except NoKey as error:
            raise CommandError(f"{error}: the signatures cannot be checked.") from error
        note("verify", {"findings": len(found)})
        for finding in found:
            self.stdout.write(f"{finding.where}: {finding.what}")
        sealed = AuditLink.objects.count()
        self.stdout.write(
            f"{sealed} rows under {AuditSeal.objects.count()} seals, {AuditEvent.objects.count() - sealed} not sealed"
            f" yet; {len(found)} findings; {time.monotonic() - began:.1f} s"
        )
        if found:
            sys.exit(1)
