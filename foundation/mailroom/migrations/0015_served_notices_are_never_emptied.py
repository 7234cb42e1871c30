"""TRUNCATE asks no row's trigger: served notices were kept from UPDATE and DELETE, and not from that."""

from django.db import migrations

from foundation.walls import never_emptied_operation


class Migration(migrations.Migration):
    dependencies = [("mailroom", "0005_letters_without_a_person")]
    operations = [never_emptied_operation("mailroom_message")]
