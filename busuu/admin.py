from django.contrib.admin.apps import AdminConfig


class AuditedAdminConfig(AdminConfig):
    """The admin, on the site that records every act."""

    default_site = "contexts.shared.audit.site.AuditedSite"
