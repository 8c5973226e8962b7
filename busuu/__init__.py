from busuu.celery import app as celery_app
from busuu.zones import use_locked_rules

use_locked_rules()
