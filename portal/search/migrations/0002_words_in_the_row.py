"""Keep the folded words in the row itself, where a search reads them, and move what is only shown out of it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_the_index")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE search_findable ALTER COLUMN folded SET STORAGE MAIN",
            "ALTER TABLE search_findable ALTER COLUMN folded SET STORAGE EXTENDED",
        )
    ]
