from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "contexts.shared.audit"
    label = "audit"
    verbose_name = "Audit"
