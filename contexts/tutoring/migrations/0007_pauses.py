from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tutoring", "0006_reader_language")]

    operations = [
        migrations.AddField(
            model_name="tutor",
            name="pause_reason",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="A code of the tutor's.",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="tutor",
            name="paused_by",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="tutor or staff, if paused.",
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="tutor",
            name="paused_until",
            field=models.DateTimeField(help_text="Then bookings are taken again.", null=True),
        ),
    ]
