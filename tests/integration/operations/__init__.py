from tests.integration.operations import billing, community, tutoring

__all__ = ["billing", "community", "tutoring"]
